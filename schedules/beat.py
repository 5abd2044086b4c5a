"""The clock. It holds no state: two of them do no harm, none for an hour loses nothing.

`celery -A schedules.beat beat` in a process of its own, never `worker -B`, whose beat outlives its worker.
"""

from workers.app import TICK
from workers.tasks import app, canary, tick, trim

app.conf.beat_schedule = {
    # What nobody took in time is late: the next tick does the same. Workers' clocks may be some seconds ahead.
    "tick": {"task": tick.name, "schedule": 1.0, "options": {"queue": TICK, "expires": 5}},
    "canary": {"task": canary.name, "schedule": 10.0, "options": {"expires": 10}},
    "trim": {"task": trim.name, "schedule": 60.0, "options": {"expires": 60}},
}
