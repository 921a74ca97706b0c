import { AppError } from '#base/errors.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { listParked, retryParked } from '#platform/events/parked.ts'
import { companiesTyped, companyOption } from './companies-typed.ts'
import type { Command } from './command.ts'
import { companyNamed } from './company-named.ts'
import { onDatabase } from './on-database.ts'

export const eventsParkedCommand: Command = {
  name: 'events parked',
  words: 'List events that were given up after several tries.',
  options: { company: companyOption },
  examples: ['events parked'],
  run: (typed) =>
    onDatabase(typed.settings, async (bench) => {
      for await (const ctx of companiesTyped(bench, typed)) {
        const events = await listParked(ctx)
        say(`${ctx.company.slug}: ${events.length === 0 ? 'no event is parked' : `${events.length} parked`}`)
        for (const { id, name, parkedAt, tries, problem } of events) {
          say(`  ${id} ${name} ${parkedAt.toISOString()} ${tries} tries: ${problem}`)
        }
      }
    }),
}

export const eventsRetryCommand: Command = {
  name: 'events retry',
  words: 'Try parked events of a company again; exit code 1 when one fails.',
  options: {
    company: { ...companyOption, words: 'Short name of the company.', required: true },
    event: { type: 'string', value: 'ID', words: 'One event; all that are parked unless given.' },
  },
  examples: ['events retry --company acme'],
  run: (typed) =>
    onDatabase(typed.settings, async (bench) => {
      const ctx = await companyNamed(bench, typed.needed('company'))
      const one = typed.text('event')
      const ids = one === undefined ? (await listParked(ctx)).map((event) => event.id) : [one]
      let failures = 0
      for (const id of ids) failures += (await isHandled(ctx, id)) ? 0 : 1
      return failures === 0 ? 0 : 1
    }),
}

async function isHandled(ctx: Ctx, id: string): Promise<boolean> {
  try {
    await retryParked(ctx, id)
    say(`${id}: handled`)
    return true
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    say(`${id}: ${error.params['problem'] ?? error.label.en}`)
    return false
  }
}

const say = (line: string) => void process.stdout.write(`${line}\n`)
