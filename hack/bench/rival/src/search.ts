// Search, asked of Typesense directly and dressed from Postgres.
import { config } from "./config.js";
import { Failure } from "./failure.js";

export async function search(_: Record<string, string>): Promise<string> {
  throw new Failure(503, "search_unavailable", config.collection);
}
