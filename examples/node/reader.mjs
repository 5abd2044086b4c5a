// Reads the stream into files, one for each event. Copy it with consumer.mjs, and change `handle`.
//
//   WIREFOLD_REDIS_URL=redis://127.0.0.1:6379/0 node reader.mjs archive archive-1
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { createClient } from "redis";
import { consume } from "./consumer.mjs";

// Keep the event. It comes again when this throws, or when the process dies before the entry is acknowledged, and the
// second time must change nothing: `source` and `id` together are an event's key, and here the id names its file.
export function handle(event) {
  mkdirSync("events", { recursive: true });
  writeFileSync(`events/${event.id}.part`, JSON.stringify(event));
  renameSync(`events/${event.id}.part`, `events/${event.id}.json`);
}

const USAGE = `reader.mjs GROUP CONSUMER [--deliveries 5] [--idle 900]

Redis is named by WIREFOLD_REDIS_URL. GROUP reads together: each entry goes to one of its consumers. A CONSUMER's name
stays after a restart, and no two processes have it at a time. After so many deliveries an entry is a dead letter; after
so many idle seconds another's entry is taken.`;

// Reads the command line, then the stream, until SIGTERM or Ctrl-C; the entry in hand is done first.
export async function main(handle) {
  const text = { type: "string" }, options = { deliveries: text, idle: text, help: { type: "boolean" } };
  const { values, positionals: [group, name] } = parseArgs({ allowPositionals: true, options });
  if (values.help || !name) return console.log(USAGE);
  const url = process.env.WIREFOLD_REDIS_URL;
  const path = url.match(/^unix:\/\/(.*)/)?.[1]; // which the client does not read from a URL
  const socket = { socketTimeout: 10_000, reconnectStrategy: 1000, ...(path && { path }) }; // a silent peer is gone
  const client = createClient({ RESP: 2, socket, ...(path ? {} : { url }) });
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => stop.abort());

  // Handles the event of an entry, with the whole text, of which a long one's event has only the beginning. The answer is
  // what went wrong in that; a lost connection is thrown.
  async function attempt(fields) {
    let event;
    try {
      event = JSON.parse(fields.data);
    } catch (error) {
      return error;
    }
    const content = event.data?.content ?? {};
    if (content.text_key) content.text = (await client.get(content.text_key)) ?? content.text;
    try {
      await handle(event);
    } catch (error) {
      return error;
    }
  }

  client.on("error", () => {}); // each command that fails says so itself
  client.connect().catch(() => {});
  const [deliveries, idleMs] = [Number(values.deliveries ?? 5), Number(values.idle ?? 900) * 1000];
  await consume(client, group, name, attempt, { deliveries, idleMs, stop: stop.signal });
  client.destroy();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(handle);
