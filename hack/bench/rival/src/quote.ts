// Quote tokens, which Rentora signs and this server reads with the same key.
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import type { Actor } from "./auth.js";
import { config } from "./config.js";
import { Failure } from "./failure.js";

export type Terms = {
  v: number; l: string; h: string; i: string; o: string; g: number; n: object[]; t: number; c: string; y: string; m: string; z: string; f: string; d: number; e: string;
};

const key = Buffer.from(hkdfSync("sha256", Buffer.from(config.secretKey, "base64"), Buffer.alloc(0), "quote", 32));

export function quoted(token: string, actor: Actor): Terms {
  const raw = Buffer.from(token, "base64url");
  const payload = raw.subarray(0, -32);
  if (raw.length <= 32 || !timingSafeEqual(createHmac("sha256", key).update(payload).digest(), raw.subarray(-32))) {
    throw new Failure(400, "invalid", "quote_token is not one that was given out by a quote. Ask for a new quote.");
  }
  const t: Terms = JSON.parse(payload.toString());
  if (t.h === actor.id) throw new Failure(409, "own_listing", "You cannot book your own listing.");
  if (Date.parse(t.e) <= Date.now() || t.m !== "instant") throw new Failure(409, "quote_expired", "This quote has expired. Ask for a new one.");
  return t;
}
