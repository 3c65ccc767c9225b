import type { FailureBody, FieldFailure } from './types';

/** A request that did not do what was asked: the API's own words, or ours when it could not be reached. */
export class Failure extends Error {
  readonly status: number;
  readonly kind: FailureBody['kind'] | 'unreachable';
  /** A constant to switch on. */
  readonly code: string;
  readonly fieldErrors: FieldFailure[];
  readonly requestId: string;
  readonly details: Record<string, unknown>;
  /** Seconds to wait before another try, where the API said so. */
  readonly retryAfter: number | null;

  constructor(
    status: number,
    body: Partial<FailureBody> & { message: string },
    retryAfter: number | null = null,
  ) {
    super(body.message);
    this.name = 'Failure';
    this.status = status;
    this.kind = body.kind ?? 'unreachable';
    this.code = body.code ?? 'unreachable';
    this.fieldErrors = body.field_errors ?? [];
    this.requestId = body.request_id ?? '';
    this.details = body.details ?? {};
    this.retryAfter = retryAfter;
  }

  /** What is wrong with a field, in a sentence; a field of a list or an object answers for its parts. */
  field(name: string): string | null {
    const found = this.fieldErrors.find(
      ({ field }) => field === name || field.startsWith(`${name}.`) || field.startsWith(`${name}[`),
    );
    return found?.message ?? null;
  }
}

export function isFailure(error: unknown): error is Failure {
  return error instanceof Failure;
}

/** For when no answer came. */
export function unreachable(offline = false): Failure {
  return new Failure(0, {
    code: offline ? 'offline' : 'unreachable',
    message: offline
      ? 'You seem to be offline. Nothing was lost: try again once you are back.'
      : 'Rentora cannot be reached right now. Nothing was lost: please try again in a moment.',
  });
}

type Envelope<T> = {
  data: T;
  meta: { page?: { next: string | null; prev: string | null; limit: number; total?: number } };
};
type Answer<T> = { data?: Envelope<T>; error?: unknown; response: Response };

/** What an answer carries, with its page and version. */
export type Carried<T> = {
  data: T;
  page: Envelope<T>['meta']['page'];
  etag: string | null;
  response: Response;
};

/** Opens the envelope of an answer. Throws a Failure when the request failed or nobody answered. */
export async function open<T>(answer: Promise<Answer<T>>): Promise<Carried<T>> {
  let got: Answer<T>;
  try {
    got = await answer;
  } catch {
    throw unreachable(typeof navigator !== 'undefined' && navigator.onLine === false);
  }
  const { data, error, response } = got;
  if (data !== undefined) {
    return { data: data.data, page: data.meta.page, etag: response.headers.get('etag'), response };
  }
  throw failureOf(response, error);
}

function failureOf(response: Response, error: unknown): Failure {
  const seconds = Number(response.headers.get('retry-after'));
  const body = (error as { error?: FailureBody } | undefined)?.error;
  if (!body?.message) return unreachable();
  return new Failure(response.status, body, Number.isFinite(seconds) && seconds > 0 ? seconds : null);
}

/** The data of an answer alone. */
export async function dataOf<T>(answer: Promise<Answer<T>>): Promise<T> {
  return (await open(answer)).data;
}
