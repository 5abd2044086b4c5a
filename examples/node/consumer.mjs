// The loop of a reader: one consumer of a group, at least once, in order, and no loss unsaid.
//
// It takes one entry at a time: none waits in its hand while another consumer is free, and their order stays.
import { setTimeout as sleep } from "node:timers/promises";

const STREAM = "wirefold";

// Reads until the signal `stop`; what a lost connection interrupts is in this consumer's hand still, and is read first.
export async function consume(client, group, name, handle, { deliveries, idleMs, stop }) {
  const at = `{${STREAM}}:at:${group}`;
  let last = 0;

  // Sent as it is: xReadGroup throws over an entry that was trimmed in a consumer's hand (node-redis 5.12 and 6.3).
  async function read(after, ...block) {
    const command = ["XREADGROUP", "GROUP", group, name, "COUNT", "1", ...block, "STREAMS", STREAM, after];
    const entries = (await client.sendCommand(command))?.[0][1] ?? [];
    return entries.map(([id, flat]) => ({ id, message: flat && pairs(flat) }));
  }

  async function claim() {
    const reply = await client.xAutoClaim(STREAM, group, name, idleMs, "0-0", { COUNT: 1 });
    for (const id of reply.deletedMessages ?? []) lost(id); // Redis 7 takes trimmed entries off as it claims
    return reply.messages.filter((entry) => entry); // 6.2 gives no id: the next read of this hand does
  }

  async function take({ id, message: fields }) {
    const done = client.multi().xAck(STREAM, group, id); // MULTI: all of it or nothing
    if (!fields) return (await done.exec(), lost(id));
    await noticeGap(id, number(fields));
    const [pending] = await client.xPendingRange(STREAM, group, id, id, 1);
    const times = pending?.deliveriesCounter ?? 1; // none: trimmed this very moment, and here still
    const error = times > deliveries ? new Error("whoever had it died") : await handle(fields);
    if (error) {
      console.error(`${id} failed, delivery ${times}: ${error}`);
      if (times < deliveries) return rest(times);
      done.xAdd(`{${STREAM}}:dead:${group}`, "*", { ...fields, entry: id, reason: String(error) });
    }
    await done.set(at, String(last)).exec();
  }

  async function noticeGap(id, sequence) {
    if (last && sequence > last + 1) { // what others of the group read stands before this one still
      let older;
      for (const COUNT of [1, 100]) {
        older ||= (await client.xRevRange(STREAM, `(${id}`, "-", { COUNT })).map((one) => number(one.message)).find(Boolean);
      }
      const missed = sequence - 1 - (older ?? last);
      if (missed) console.error(`missed ${missed} entries before ${id}`);
    }
    last = Math.max(last, sequence);
  }

  const lost = (id) => console.error(`lost ${id}: trimmed before it was handled`);
  const rest = (times) => // half a second to one, twice that each time, up to eight minutes
    sleep(250 * 2 ** Math.min(times, 10) * (1 + Math.random()), 0, { signal: stop }).catch(() => {});

  for (let failures = 0; !stop.aborted; ) {
    try {
      await client.xGroupCreate(STREAM, group, "0", { MKSTREAM: true }).catch((error) => { // from the oldest entry on
        if (!error.message.startsWith("BUSYGROUP")) throw error;
      });
      last = Number((await client.get(at)) ?? 0);
      while (!stop.aborted) {
        for (const get of [() => read("0"), claim, () => read(">", "BLOCK", "1000")]) {
          const [entry] = await get();
          if (entry) { await take(entry); break; }
        }
        failures = 0;
      }
    } catch (error) {
      console.error(`Redis: ${error.message}`);
      await rest(++failures);
    }
  }
}

// An entry's number on its stream; 0 for one that others have put there.
const number = ({ sequence }) => (/^\d{16}$/.test(sequence) ? Number(sequence) : 0);
const pairs = (flat) => Object.fromEntries(flat.flatMap((key, i) => (i % 2 ? [] : [[key, flat[i + 1]]])));
