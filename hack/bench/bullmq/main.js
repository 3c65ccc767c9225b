// Jobs out of BullMQ to a processor that does nothing. It reads {"redis", "jobs", "concurrency"} and answers as our consumer does:
// "began" when the jobs are in Redis, then the seconds until the last one is completed.
import { readFileSync } from "node:fs";
import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";

const task = JSON.parse(readFileSync(0, "utf8"));
const connect = () => new Redis(task.redis, { maxRetriesPerRequest: null });
const name = `bench-${process.pid}`;
const queue = new Queue(name, { connection: connect(), defaultJobOptions: { removeOnComplete: true, removeOnFail: true } });

const batch = 1000;
for (let first = 0; first < task.jobs; first += batch) {
  const jobs = [];
  for (let i = first; i < Math.min(first + batch, task.jobs); i++) jobs.push({ name: "listings.changed", data: { listing_id: `00000000-0000-7000-8000-${100000000000 + (i % 1000)}` } });
  await queue.addBulk(jobs);
}

console.log("began");
const began = process.hrtime.bigint();
let done = 0;
await new Promise((resolve, reject) => {
  const worker = new Worker(name, async () => {}, { connection: connect(), concurrency: task.concurrency });
  worker.on("completed", () => {
    if (++done === task.jobs) resolve(worker);
  });
  worker.on("failed", (_, err) => reject(err));
  worker.on("error", reject);
});
console.log(JSON.stringify({ Seconds: Number(process.hrtime.bigint() - began) / 1e9 }));
await queue.obliterate({ force: true });
process.exit(0);
