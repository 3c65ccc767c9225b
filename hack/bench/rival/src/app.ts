// The routes. Bodies are the contract's envelopes.
import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { authenticate } from "./auth.js";
import { create, page } from "./booking.js";
import { Failure } from "./failure.js";
import { detail } from "./listing.js";
import { search } from "./search.js";

export const app = new Hono();

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

// Headers come first and next() last: to add one to an answer that exists, Hono makes the answer anew, and node-server then
// reads its body as a stream instead of writing the bytes that it has.
app.use(async (c, next) => {
  c.header("X-Request-Id", c.req.header("X-Request-Id") ?? randomUUID());
  c.header("X-Content-Type-Options", "nosniff");
  c.header("Referrer-Policy", "no-referrer");
  c.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  c.header("Cross-Origin-Resource-Policy", "same-site");
  c.header("X-Frame-Options", "DENY");
  c.header("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  await next();
});

app.get("/readyz", (c) => c.json({ status: "ready" }));

app.get("/api/v1/listings/:id", async (c) => {
  const id = c.req.param("id");
  if (!uuid.test(id)) throw new Failure(400, "invalid", "listing_id must be a UUID.");
  const { tag, body } = await detail(id);
  c.header("ETag", tag);
  c.header("Content-Type", "application/json");
  return c.body(body);
});

app.get("/api/v1/search/listings", async (c) => {
  const { tag, body } = await search(new URL(c.req.url).searchParams);
  c.header("ETag", tag);
  c.header("Content-Type", "application/json");
  return c.body(body);
});

app.get("/api/v1/bookings", async (c) => {
  const actor = await authenticate(c.req.header("Authorization"));
  return c.json(await page(actor));
});

app.post("/api/v1/bookings", async (c) => {
  const actor = await authenticate(c.req.header("Authorization"));
  const input = await c.req.json();
  if (typeof input?.quote_token !== "string" || input.quote_token.length > 4000) throw new Failure(400, "invalid", "quote_token is required.");
  const message = input.message ?? "";
  if (typeof message !== "string" || message.length > 2000) throw new Failure(400, "invalid", "message must have at most 2000 characters.");
  const made = await create(actor, input.quote_token, message, c.req.header("X-Request-Id") ?? randomUUID());
  c.header("ETag", '"1"');
  return c.json(made, 201);
});

app.onError((err, c) => {
  if (err instanceof Failure) {
    return c.json({ success: false, data: null, error: { code: err.code, message: err.message }, meta: {} }, err.status);
  }
  console.error(err);
  return c.json({ success: false, data: null, error: { code: "internal", message: "Something went wrong on our side." }, meta: {} }, 500);
});

export const envelope = (data: unknown, meta: unknown = {}) => ({ data, error: null, meta, success: true });
