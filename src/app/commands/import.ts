import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { z } from 'zod'
import { inWords, type Language } from '#base/label.ts'
import { mappingSchema, type Mapping } from '#engine/transfer/mapping.ts'
import { StartProblem } from '#platform/config/start-problem.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { importTarget, prepareImport, proposeFor, runSet, storeFile } from '#platform/transfer/index.ts'
import { companyOf } from './company-of.ts'
import type { Command } from './command.ts'
import { progressOf, reportOf } from './import-progress.ts'
import { onDatabase } from './on-database.ts'

export const importCommand: Command = {
  name: 'import',
  words: 'Import a CSV, XLSX or JSON Lines file; exit code 1 when rows were rejected or there were none.',
  takes: ['OBJECT', 'FILE'],
  options: {
    map: {
      type: 'string',
      value: 'FILE',
      words: 'Description of the import as the wizard saves it; else columns are matched by name.',
    },
    company: { type: 'string', value: 'SLUG', words: 'Short name of the company; not needed when there is only one.' },
    'dry-run': { type: 'boolean', words: 'Try everything and keep nothing.' },
    language: { type: 'string', value: 'zh|en', words: "Language of the reasons; the company's unless given." },
  },
  examples: ['import account accounts.csv --company acme --dry-run', 'import opportunity deals.xlsx --map deals.json'],
  run: (typed) => {
    const [object = '', path = ''] = typed.words
    const map = typed.text('map')
    const description = map === undefined ? undefined : readDescription(map, mappingFile)
    mustExist(path)
    return onDatabase(typed.settings, async (bench) => {
      const ctx = inLanguage(await companyOf(bench, typed.text('company')), typed.text('language'))
      const target = importTarget(ctx, object)
      const file = await storeFile(ctx, basename(path), createReadStream(path))
      const mapping = description
        ? mappingSchema.parse({ ...description, object: target.object })
        : await proposedFor(ctx, target, file.id)
      const { setId } = await prepareImport(ctx, { fileId: file.id, mapping, isDry: typed.has('dry-run') })
      const [run] = await runSet(ctx, setId, progressOf)
      return run && (await reportOf(ctx, run)) ? 0 : 1
    })
  },
}

/** The mapping that the file suggests; whose export it was taken for is said. */
async function proposedFor(ctx: Ctx, target: ReturnType<typeof importTarget>, fileId: string): Promise<Mapping> {
  const { mapping, ready } = await proposeFor(ctx, target, fileId)
  if (ready) {
    const [source, kind] = [inWords(ready.source, ctx.language), inWords(ready.kind, ctx.language)]
    process.stdout.write(`read as an export of ${source}, ${kind}, by its ready-made mapping\n`)
  }
  return mapping
}

/** A mapping, or one entry of a set: the object may be left to the command line. */
const mappingFile = mappingSchema
  .partial({ object: true })
  .extend({ file: z.string().optional() })
  .transform(({ file: _, ...rest }): Omit<Mapping, 'object'> & { object?: string | undefined } => rest)

/** Reads a description; what is wrong with it is said by place, without a stack. */
export function readDescription<S extends z.ZodType>(path: string, schema: S): z.output<S> {
  mustExist(path)
  const parsed = schema.safeParse(parseJson(path))
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new StartProblem('WRONG_USAGE', {
    why: `${path} is not a description of an import: ${issues.slice(0, 5).join('; ')}`,
  })
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    throw new StartProblem('WRONG_USAGE', { why: `${path} is not JSON.` })
  }
}

export function mustExist(path: string): void {
  if (!existsSync(path)) throw new StartProblem('WRONG_USAGE', { why: `There is no file ${path}.` })
}

export function inLanguage(ctx: Ctx, language: string | undefined): Ctx {
  return language === 'zh' || language === 'en' ? { ...ctx, language: language satisfies Language } : ctx
}
