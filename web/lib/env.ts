/** What the web needs to know of its surroundings, read and checked once, when the server starts. */
export type Env = {
  /** Where the API answers, as seen from this server. */
  apiURL: string;
  /** Where people reach the web; the API knows it by the same name. */
  publicURL: string;
  /** Origins of photographs and of uploads, beside our own. */
  filesOrigins: string[];
  /** A MapLibre style; our own offline one by default. */
  mapStyleURL: string;
  /** Whether /design shows every part of ui/: where the web is worked on. */
  design: boolean;
  release: string;
};

function origin(name: string, fallback: string): string {
  const value = process.env[name] ?? fallback;
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw new Error(`${name} must be a URL such as http://127.0.0.1:8080, not "${value}".`);
  }
  if (!/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.username) {
    throw new Error(`${name} must be an http(s) URL without a path or a password.`);
  }
  return url.origin;
}

function origins(name: string): string[] {
  const list = (process.env[name] ?? '').split(',').filter(Boolean);
  return list.map((one) => {
    try {
      return new URL(one).origin;
    } catch {
      throw new Error(`${name} must be a comma-separated list of origins; "${one}" is none.`);
    }
  });
}

let parsed: Env | undefined;

/** Throws, naming the variable and its rule, when one is not right. */
export function env(): Env {
  parsed ??= {
    apiURL: origin('RENTORA_WEB_API_URL', 'http://127.0.0.1:8080'),
    publicURL: origin('RENTORA_PUBLIC_URL', 'http://127.0.0.1:3000'),
    filesOrigins: origins('RENTORA_WEB_FILES_ORIGINS'),
    mapStyleURL: process.env.RENTORA_WEB_MAP_STYLE_URL ?? '/map/style.json',
    design: process.env.RENTORA_WEB_DESIGN === 'true',
    release: process.env.RENTORA_RELEASE ?? 'development',
  };
  return parsed;
}
