import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { keptSeal } from '#engine/contract/kept-seal.ts'

export type KeptSeal = z.infer<typeof keptSeal>

/** Seals as they were downloaded, one JSON object a line; throws where a line is none. */
export async function readSeals(path: string): Promise<readonly KeptSeal[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => keptSeal.parse(JSON.parse(line)))
}
