import { StartProblem } from '#platform/config/start-problem.ts'
import { speakMcp } from '#features/mcp/server/index.ts'
import { buildServer } from '../server.ts'
import type { Command } from './command.ts'
import { onDatabase } from './on-database.ts'

export const mcpCommand: Command = {
  name: 'mcp',
  words:
    'Serve an assistant over standard input and output (Model Context Protocol), as the person of TERRACE_API_KEY.',
  examples: ['mcp'],
  run: ({ settings }) =>
    onDatabase(settings, async ({ db, log }) => {
      const apiKey = process.env['TERRACE_API_KEY']
      if (!apiKey) throw new StartProblem('SETTING_INVALID', { name: 'TERRACE_API_KEY', why: 'must be an API key' })
      const app = await buildServer({ db, log, settings, webFolder: null })
      await app.ready()
      const answer = await app.inject({ url: '/api/v1/me', headers: { authorization: `Bearer ${apiKey}` } })
      if (answer.statusCode !== 200)
        throw new StartProblem('SETTING_INVALID', { name: 'TERRACE_API_KEY', why: 'is no key that is in use' })
      await speakMcp(app, apiKey)
      await app.close()
    }),
}
