// Sign-in, with the rules of server/identity: the token's signature, and a session that lives.
import { createPrivateKey, createPublicKey, verify } from "node:crypto";
import { config } from "./config.js";
import { Failure } from "./failure.js";
import { prisma, redis } from "./store.js";

export type Actor = { id: string; role: string };
type Session = { user: string; role: string; active: boolean; expires: string };

// RFC 8410: an Ed25519 seed as PKCS #8.
const key = createPublicKey(
  createPrivateKey({
    key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.from(config.signingSeed, "base64")]),
    format: "der",
    type: "pkcs8",
  }),
);

const invalid = () => new Failure(401, "token_invalid", "This access token is not valid. Sign in again.");

export async function authenticate(header: string | undefined): Promise<Actor> {
  if (!header?.startsWith("Bearer ")) throw new Failure(401, "sign_in_required", "Sign in to do this.");
  const claims = read(header.slice(7));
  const session = await sessionOf(claims.sid, claims.sub);
  if (!session.active || Date.parse(session.expires) <= Date.now()) throw invalid();
  return { id: claims.sub, role: session.role };
}

function read(token: string): { sid: string; sub: string } {
  const end = token.lastIndexOf(".");
  if (end < 0 || !verify(null, Buffer.from(token.slice(0, end)), key, Buffer.from(token.slice(end + 1), "base64url"))) throw invalid();
  const claims = JSON.parse(Buffer.from(token.slice(token.indexOf(".") + 1, end), "base64url").toString());
  if (claims.iss !== config.issuer || claims.exp * 1000 <= Date.now()) throw invalid();
  return claims;
}

const copySeconds = 60;

async function sessionOf(id: string, user: string): Promise<Session> {
  const copy = `${config.redisPrefix}session:${id}`;
  const [known, changed] = await redis.mget(copy, `${config.redisPrefix}account-changed:${user}`);
  if (known && !changed) return JSON.parse(known);
  const row = await prisma.session.findUnique({ where: { id }, relationLoadStrategy: "join", include: { user: { select: { role: true, status: true } } } });
  if (!row || row.userId !== user) throw invalid();
  const session = { user, role: row.user.role, active: !row.revokedAt && row.user.status === "active", expires: row.expiresAt.toISOString() };
  if (!changed) await redis.set(copy, JSON.stringify(session), "EX", copySeconds);
  return session;
}
