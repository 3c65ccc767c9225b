// The settings, named as Rentora's own where they mean the same.
const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
};

const [host, port] = required("RENTORA_HTTP_ADDR").split(":");
const processes = Number(process.env.PROCESSES ?? "1");

export const config = {
  host,
  port: Number(port),
  processes,
  cached: process.env.CACHED === "1",
  databaseURL: required("RENTORA_DATABASE_URL"),
  // The pool's size is the whole server's, as ours is: its processes share it.
  connections: Math.max(1, Math.floor(Number(process.env.RENTORA_DATABASE_MAX_CONNS ?? "16") / processes)),
  typesenseURL: required("RENTORA_TYPESENSE_URL"),
  typesenseKey: required("RENTORA_TYPESENSE_API_KEY"),
  collection: required("RENTORA_TYPESENSE_COLLECTION"),
  redisURL: required("RENTORA_REDIS_URL"),
  redisPrefix: process.env.RENTORA_REDIS_PREFIX ?? "rentora:",
  photoBase: `${required("RENTORA_S3_ENDPOINT")}/${process.env.RENTORA_S3_BUCKET_PREFIX ?? "rentora-"}photos/`,
  signingSeed: required("RENTORA_AUTH_SIGNING_KEYS").split(",")[0],
  secretKey: required("RENTORA_AUTH_SECRET_KEY"),
  issuer: required("RENTORA_PUBLIC_URL"),
};
