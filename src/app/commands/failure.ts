import { AppError } from '#base/errors.ts'
import { inWords, type Language } from '#base/label.ts'
import { WrongRole } from '#platform/db/connect.ts'
import { DatabaseTooNew, MigrationChanged } from '#platform/db/migrate.ts'
import { problemLine, StartProblem } from '#platform/config/start-problem.ts'

interface Failure {
  readonly line: string
  readonly exitCode: number
}

/** What went wrong, for the person at the console. Only what nobody foresaw shows where it happened. */
export function wordsOfFailure(error: unknown, language: Language): Failure {
  if (error instanceof AppError) return { line: refusalLines(error, language), exitCode: 1 }
  const problem = problemIn(error)
  if (problem !== null) return { line: problemLine(problem, language), exitCode: problem.exitCode }
  return { line: error instanceof Error ? (error.stack ?? error.message) : String(error), exitCode: 1 }
}

function refusalLines(error: AppError, language: Language): string {
  const faults = error.faults.map((fault) => `  ${fault.field}: ${inWords(fault.label, language, fault.params)}`)
  return [inWords(error.label, language, error.params), ...faults].join('\n')
}

function problemIn(error: unknown): StartProblem | null {
  if (error instanceof DatabaseTooNew) return new StartProblem('DATABASE_NEWER', { found: error.message })
  if (error instanceof MigrationChanged) return new StartProblem('MIGRATION_CHANGED', { name: error.message })
  if (error instanceof WrongRole) return new StartProblem('DATABASE_ROLE', { why: error.message })
  const why = connectionTrouble(error)
  return why === null ? null : new StartProblem('DATABASE_UNREACHABLE', { why })
}

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'ETIMEDOUT',
  'ECONNRESET',
  'EAI_AGAIN',
  '28P01',
  '28000',
  '3D000',
  '57P03',
])

function connectionTrouble(error: unknown): string | null {
  const causes = error instanceof AggregateError ? error.errors : [error]
  const known = causes.find(
    (cause) => cause instanceof Error && 'code' in cause && connectionCodes.has(String(cause.code)),
  )
  return known instanceof Error ? known.message : null
}
