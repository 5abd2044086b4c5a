"""Log lines as JSON on standard output: a static event name, identifiers as fields, context bound once a task."""

import logging
import sys

import structlog


def configure(level: str = "INFO") -> None:
    """Set up this process. Lines of other libraries go the same way, from WARNING on."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processor=structlog.processors.JSONRenderer(), foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared]
        )
    )
    logging.getLogger("urllib3").setLevel(logging.ERROR)  # it warns of what the fetcher counts as an outcome
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
