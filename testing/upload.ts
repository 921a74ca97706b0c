import type { Answer, TestClient } from './test-app.ts'

/** Sends a file as a browser does: a form with one part named `file`. */
export function uploadTo(client: TestClient, path: string, name: string, content: Buffer | string): Promise<Answer> {
  const head = `--edge\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  const form = Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from('\r\n--edge--\r\n')])
  return client.post(path, form, { 'content-type': 'multipart/form-data; boundary=edge' })
}

/** The smallest picture there is. */
export const tinyPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

/** A contract as a scanner writes it, as far as anybody looks. */
export const tinyPdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
