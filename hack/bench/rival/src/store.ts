// The connections: Prisma over pg with named prepared statements, and Redis.
import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { Redis } from "ioredis";
import { PrismaClient } from "../generated/client.js";
import { config } from "./config.js";

// A statement's name must follow from its text alone. Hashing 1 KB for every query would cost more than it saves.
const names = new Map<string, string>();
const nameOf = ({ sql }: { sql: string }): string => {
  let name = names.get(sql);
  if (!name) {
    name = createHash("sha1").update(sql).digest("hex");
    names.set(sql, name);
  }
  return name;
};

export const prisma = new PrismaClient({
  adapter: new PrismaPg(
    { connectionString: config.databaseURL, max: config.connections, min: config.connections },
    { statementNameGenerator: nameOf },
  ),
  // As long as a request may take with us; the two seconds of the default refuse requests on a busy machine.
  transactionOptions: { maxWait: 10_000, timeout: 10_000 },
});

// Commands of one turn of the event loop go out together.
export const redis = new Redis(config.redisURL, { enableAutoPipelining: true });

export type Bytes = string | Uint8Array<ArrayBuffer>;

const newline = "\n".charCodeAt(0);

// kept takes a finished answer apart: its tag, a newline, its body.
export const kept = (hit: Buffer): { tag: string; body: Bytes } => {
  const end = hit.indexOf(newline);
  return { tag: hit.toString("latin1", 0, end), body: hit.subarray(end + 1) as Uint8Array<ArrayBuffer> };
};
