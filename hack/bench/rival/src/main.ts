// The rival's server: one process, or with PROCESSES=2 a cluster whose workers share the port.
import cluster from "node:cluster";
import { serve } from "@hono/node-server";
import { app } from "./app.js";
import { config } from "./config.js";

if (config.processes > 1 && cluster.isPrimary) {
  for (let i = 0; i < config.processes; i++) cluster.fork();
  cluster.on("exit", (_, code) => process.exit(code || 1)); // one that is gone would falsify what is measured
  process.on("SIGTERM", () => process.exit(0));
} else {
  serve({ fetch: app.fetch, hostname: config.host, port: config.port });
}
