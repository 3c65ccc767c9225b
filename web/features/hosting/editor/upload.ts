import { api } from '@/lib/api/browser';
import { dataOf, Failure, unreachable } from '@/lib/api/failure';
import type { PresignedUpload, Upload } from '@/lib/api/types';

const mostBytes = 25 * 1024 * 1024;

export const imageTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
export type ImageType = (typeof imageTypes)[number];

/** What a file is by its first bytes, whatever its name says; null when it is no picture that we take. */
export function imageType(head: Uint8Array): ImageType | null {
  const starts = (bytes: number[], at = 0) => bytes.every((byte, i) => head[at + i] === byte);
  if (starts([0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (starts([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (starts([0x52, 0x49, 0x46, 0x46]) && starts([0x57, 0x45, 0x42, 0x50], 8)) return 'image/webp';
  return null;
}

/** Looks at a file before anything is sent. Throws, in a sentence, why it cannot be taken. */
export async function checkFile(file: File): Promise<ImageType> {
  if (file.size === 0) throw new Error('This file is empty.');
  if (file.size > mostBytes) {
    const mib = (file.size / 1024 / 1024).toFixed(0);
    throw new Error(
      `This file has ${mib} MiB; at most 25 MiB can be uploaded. Export it smaller and try again.`,
    );
  }
  const type = imageType(new Uint8Array(await file.slice(0, 16).arrayBuffer()));
  if (!type) throw new Error('This is no photo that we can read. Choose a JPEG, PNG or WebP file.');
  return type;
}

/** Asks for the address of an upload. A repeated key gives the same upload with a fresh address. */
export function createUpload(type: ImageType, size: number, key: string): Promise<PresignedUpload> {
  return dataOf(
    api.POST('/uploads', {
      params: { header: { 'Idempotency-Key': key } },
      body: { content_type: type, size_bytes: size },
    }),
  );
}

/** Sends the bytes, telling how much of them has gone (0 to 1). By XMLHttpRequest, which alone tells that. */
export function sendBytes(
  to: PresignedUpload,
  file: File,
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(to.method, to.upload_url);
    for (const [name, value] of Object.entries(to.headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () =>
      request.status >= 200 && request.status < 300
        ? resolve()
        : reject(new Error('The photo store did not take the file. Please try again.'));
    request.onerror = () => reject(unreachable(navigator.onLine === false));
    request.onabort = () => reject(new DOMException('Aborted', 'AbortError'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

/** Says that the bytes are there. */
export function completeUpload(id: string): Promise<Upload> {
  return dataOf(api.POST('/uploads/{upload_id}/complete', { params: { path: { upload_id: id } } }));
}

const firstPause = 400;
const longestPause = 5000;
const mostPatience = 180_000;

/** Waits until a photo is ready or has failed, asking ever more seldom. Throws when that takes more than three minutes. */
export async function processed(id: string, signal: AbortSignal): Promise<Upload> {
  const end = Date.now() + mostPatience;
  for (let pause = firstPause; Date.now() < end; pause = Math.min(pause * 1.5, longestPause)) {
    await sleep(pause, signal);
    const upload = await dataOf(
      api.GET('/uploads/{upload_id}', { params: { path: { upload_id: id } } }),
    ).catch((error: unknown) => {
      // A moment without an answer is no reason to give a photo up.
      if (error instanceof Failure && (error.status === 0 || error.status >= 500 || error.status === 429))
        return null;
      throw error;
    });
    if (upload?.status === 'ready' || upload?.status === 'failed') return upload;
  }
  throw new Error(
    'Preparing this photo takes unusually long. It goes on without you: look again in a few minutes.',
  );
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new DOMException('Aborted', 'AbortError'));
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('Aborted', 'AbortError'));
    });
  });
}
