// Jobs out of BullMQ to a processor that does nothing. It reads {"redis", "jobs", "concurrency", "processes"} and answers as our
// consumer does: "began" when the jobs are in Redis and the processes are connected, then the seconds until the last one is completed.
import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";

const connect = (task) => new Redis(task.redis, { maxRetriesPerRequest: null });

// work handles jobs until it is stopped; completed is told of each, failed of what must not be. go begins.
function work(task, completed, failed) {
  const worker = new Worker(task.name, async () => {}, { connection: connect(task), concurrency: task.concurrency, autorun: false });
  worker.on("completed", completed);
  worker.on("failed", (_, err) => failed(err));
  worker.on("error", failed);
  return { ready: worker.waitUntilReady(), go: () => worker.run().catch(failed) };
}

// helper is one of several processes. It tells how many it has completed once for each turn of its event loop: a message for each
// job would cost more than the job.
async function helper(task) {
  let done = 0;
  const tell = () => {
    process.send(done);
    done = 0;
  };
  const completed = () => {
    if (++done === 1) setImmediate(tell);
  };
  const { ready, go } = work(task, completed, (err) => {
    console.error(err);
    process.exit(1);
  });
  await ready;
  process.once("message", go);
  process.send(0);
}

async function fill(task) {
  const queue = new Queue(task.name, { connection: connect(task), defaultJobOptions: { removeOnComplete: true, removeOnFail: true } });
  const batch = 1000;
  for (let first = 0; first < task.jobs; first += batch) {
    const jobs = [];
    for (let i = first; i < Math.min(first + batch, task.jobs); i++) jobs.push({ name: "listings.changed", data: { listing_id: `00000000-0000-7000-8000-${100000000000 + (i % 1000)}` } });
    await queue.addBulk(jobs);
  }
  return queue;
}

// start gives what begins the work, here or in helpers, once all are connected.
async function start(task, completed, failed) {
  if (task.processes === 1) {
    const { ready, go } = work(task, () => completed(1), failed);
    await ready;
    return go;
  }
  const helpers = Array.from({ length: task.processes }, () => fork(process.argv[1], [JSON.stringify(task)]));
  await Promise.all(helpers.map((one) => once(one, "message")));
  for (const one of helpers) {
    one.on("message", completed);
    one.on("exit", () => failed(new Error("a process of BullMQ ended by itself")));
  }
  return () => helpers.forEach((one) => one.send("go"));
}

async function main() {
  const task = JSON.parse(readFileSync(0, "utf8"));
  task.name = `bench-${process.pid}`;
  const queue = await fill(task);
  let done = 0;
  let began;
  await new Promise((resolve, reject) => {
    const completed = (n) => {
      if ((done += n) >= task.jobs) resolve();
    };
    start(task, completed, reject).then((go) => {
      console.log("began");
      began = process.hrtime.bigint();
      go();
    }, reject);
  });
  console.log(JSON.stringify({ Seconds: Number(process.hrtime.bigint() - began) / 1e9 }));
  await queue.obliterate({ force: true });
  process.exit(0); // helpers end with the channel
}

if (process.argv[2]) {
  process.once("disconnect", () => process.exit(0));
  await helper(JSON.parse(process.argv[2]));
} else {
  await main();
}
