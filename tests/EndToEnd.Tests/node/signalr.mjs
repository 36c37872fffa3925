// The unmodified `@microsoft/signalr` package: streams a job, leaves after four events, comes back to another Api. Arguments: two addresses, key.
import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";

const [first, second, key] = process.argv.slice(2);

async function connect(address) {
  const hub = new HubConnectionBuilder()
    .withUrl(`${address}hubs/jobs`, { accessTokenFactory: () => key })
    .configureLogging(LogLevel.Error)
    .build();
  await hub.start();
  return hub;
}

function read(hub, id, after, limit) {
  return new Promise((resolve, reject) => {
    const events = [];
    const subscription = hub.stream("StreamJob", id, after).subscribe({
      next: (event) => {
        if (events.length < limit) events.push({ type: event.type, sequence: event.sequence_number });
        if (events.length === limit) {
          subscription.dispose();
          resolve(events);
        }
      },
      complete: () => resolve(events),
      error: reject,
    });
  });
}

const one = await connect(first);
const job = await one.invoke("Submit", {
  body: { model: "slow-stream", stream: true, messages: [{ role: "user", content: "Tell me a story." }] },
});
const before = await read(one, job.id, 0, 4);
await one.stop();

const two = await connect(second);
const rest = await read(two, job.id, before.at(-1).sequence, Infinity);
const finished = await two.invoke("GetJob", job.id);
await two.stop();

console.log(JSON.stringify({ before, rest, status: finished.status }));
