import { ApiProblem } from './problem.ts'
import { plainHeaders } from './send.ts'

interface UploadWatch {
  /** From 0 to 1, while the file travels. */
  readonly onProgress?: (share: number) => void
  readonly signal?: AbortSignal
}

/**
 * Sends a file as a form with one part named `file`, and answers the JSON that comes back, in the shape that the caller
 * names. `fetch` does not tell how far an upload is. Throws `ApiProblem`, or an AbortError.
 */
export function upload<Reply>(path: string, file: File, { onProgress, signal }: UploadWatch = {}): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>()
  const request = new XMLHttpRequest()
  request.open('POST', path)
  for (const [name, value] of Object.entries(plainHeaders())) request.setRequestHeader(name, value)
  request.upload.addEventListener('progress', ({ loaded, total }) => total > 0 && onProgress?.(loaded / total))
  request.addEventListener('load', () => {
    const json = parsed(request.responseText)
    if (request.status < 400 && json !== undefined) return resolve(json as Reply)
    reject(new ApiProblem(request.status, json ?? {}))
  })
  request.addEventListener('error', () => reject(new ApiProblem(0)))
  request.addEventListener('abort', () => reject(new DOMException('the upload was stopped', 'AbortError')))
  signal?.addEventListener('abort', () => request.abort())
  const form = new FormData()
  form.set('file', file, file.name)
  request.send(form)
  return promise
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
