import { createWriteStream } from 'node:fs'
import { basename, extname, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { inWords } from '#base/label.ts'
import { wordsOfNote } from '#engine/transfer/notes.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { rejectsFile, type ImportRun, type RunWatch } from '#platform/transfer/index.ts'
import { drawProgress } from './progress-bar.ts'

/** Draws how far an import is, on one line of a terminal; elsewhere it keeps quiet. */
export function progressOf(run: Pick<ImportRun, 'fileName' | 'object'>): RunWatch {
  return {
    onProgress: ({ read, total }) => {
      drawProgress(total === 0 ? 1 : Math.min(1, read / total), `${read}/${total} ${run.fileName}`)
    },
  }
}

/** One line per import, what was noticed, and where its refused rows are. Answers whether there were rows and all went in. */
export async function reportOf(ctx: Ctx, run: ImportRun): Promise<boolean> {
  const kind = run.isDry ? 'rehearsed, nothing kept: ' : ''
  const counts = [
    `${run.rowsRead} rows`,
    `${run.created} created`,
    `${run.updated} updated`,
    `${run.unchanged} unchanged`,
    `${run.rejected} rejected`,
    ...(run.skipped > 0 ? [`${run.skipped} rows left out`] : []),
  ]
  say(`${run.fileName} → ${run.object}: ${kind}${counts.join(', ')}`)
  for (const note of run.notes) say(`  ${wordsOfNote(note, ctx.language)}`)
  if (run.problem) {
    say(`  ${inWords(run.problem.label, ctx.language, run.problem.params)}`)
    for (const one of run.problem.faults ?? []) say(`  ${one.field}: ${inWords(one.label, ctx.language, one.params)}`)
  } else if (run.state === 'cancelled') say('  called off, because a file before it failed')
  if (run.rejected > 0) say(`  rejected rows with their reasons: ${await writeRejects(ctx, run)}`)
  return run.state === 'done' && run.rejected === 0 && run.rowsTotal !== 0
}

async function writeRejects(ctx: Ctx, run: ImportRun): Promise<string> {
  const path = resolve(`${basename(run.fileName, extname(run.fileName))}-rejected.csv`)
  await pipeline(await rejectsFile(ctx, run, 'csv'), createWriteStream(path))
  return path
}

const say = (line: string) => void process.stdout.write(`${line}\n`)
