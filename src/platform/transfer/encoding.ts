import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252'

/**
 * The encoding of a text file, judged by all of it: a byte mark, else UTF-16 by its zero bytes, else UTF-8 if it is
 * valid to the end, else GB18030 if its pairs are Chinese characters in use, else Western.
 */
export async function encodingOf(path: string): Promise<Encoding> {
  const head = await sample(path)
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const wide = wideEncoding(head)
  if (wide) return wide
  if (await decodes(path, 'utf-8')) return 'utf-8'
  return (await isChinese(path)) ? 'gb18030' : 'windows-1252'
}

async function sample(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const buffer = Buffer.alloc(65_536)
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function wideEncoding(head: Buffer): Encoding | undefined {
  let [even, odd] = [0, 0]
  for (const [at, byte] of head.entries()) if (byte === 0) at % 2 === 0 ? (even += 1) : (odd += 1)
  if (even + odd < head.length / 100 || even + odd === 0) return undefined
  return odd > even ? 'utf-16le' : 'utf-16be'
}

async function decodes(path: string, encoding: Encoding): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for await (const chunk of createReadStream(path)) decoder.decode(chunk, { stream: true })
    decoder.decode()
    return true
  } catch {
    return false
  }
}

/** Western letters stand alone between ASCII; Chinese ones come in pairs, mostly of the first table (both bytes ≥ A1). */
async function isChinese(path: string): Promise<boolean> {
  if (!(await decodes(path, 'gb18030'))) return false
  let [common, other] = [0, 0]
  let lead = 0
  for await (const chunk of createReadStream(path)) {
    for (const byte of Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))) {
      if (lead === 0) lead = byte >= 0x81 ? byte : 0
      else {
        if (lead >= 0xa1 && lead <= 0xf7 && byte >= 0xa1) common += 1
        else other += 1
        lead = 0
      }
    }
  }
  return common > other * 4
}
