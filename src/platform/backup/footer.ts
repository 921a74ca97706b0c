import { open } from 'node:fs/promises'

/** A frame that Zstandard skips; its content is the length of the file before it. */
const skippableMagic = 0x184d2a50
const contentLength = 8
const footerLength = 8 + contentLength

/** What a backup of so many bytes ends with: without it the very end is missing, which compressed bytes alone do not tell. */
export function footerOf(bytes: number): Buffer {
  const footer = Buffer.alloc(footerLength)
  footer.writeUInt32LE(skippableMagic, 0)
  footer.writeUInt32LE(contentLength, 4)
  footer.writeBigUInt64LE(BigInt(bytes), 8)
  return footer
}

/** Whether a file ends as a backup does. */
export async function hasFooter(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (size < footerLength) return false
    const { buffer } = await file.read(Buffer.alloc(footerLength), 0, footerLength, size - footerLength)
    return buffer.equals(footerOf(size - footerLength))
  } finally {
    await file.close()
  }
}
