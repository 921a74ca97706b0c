import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import { toolAnswer } from './answer.ts'
import type { Api } from './api.ts'

const id = z.uuid().optional()
const day = z.iso.date().describe('YYYY-MM-DD')
const about = {
  account: id.describe('Id of the account that it is about'),
  opportunity: id.describe('Id of the deal that it is about'),
  note: z.string().max(10_000).optional(),
}
const choice = z.string().max(60).describe('Key of a choice, as list_objects names them')

/** Which of them the caller may use. */
interface Writing {
  readonly tasks: boolean
  readonly activities: boolean
  readonly comments: boolean
}

/** Tools that write: a task, an activity that took place, a comment. */
export function registerWriting(server: McpServer, api: Api, may: Writing): void {
  const create = async (object: string, values: object) =>
    toolAnswer(await api({ method: 'POST', path: `/records/${object}`, body: { values } }))
  if (may.tasks) {
    server.registerTool(
      'create_task',
      {
        title: 'Create a task',
        description: 'Something to be done; for the person of the key unless an owner is named.',
        inputSchema: {
          subject: z.string().min(1).max(200),
          dueOn: day.optional(),
          priority: choice.optional(),
          ownerId: id.describe('Id of the person who is to do it'),
          ...about,
        },
      },
      (values) => create('task', values),
    )
  }
  if (may.activities) {
    server.registerTool(
      'note_activity',
      {
        title: 'Note an activity',
        description: 'A visit, call or meeting that took place.',
        inputSchema: {
          kind: choice,
          subject: z.string().min(1).max(200),
          doneOn: day,
          contact: id.describe('Id of the contact'),
          ...about,
        },
      },
      (values) => create('activity', values),
    )
  }
  if (may.comments) {
    server.registerTool(
      'add_comment',
      {
        title: 'Comment on a record',
        description: 'Says something about a record, for everybody who sees it.',
        inputSchema: { object: z.string().max(60), id: z.uuid(), text: z.string().min(1).max(5000) },
      },
      async ({ object, id: one, text }) =>
        toolAnswer(
          await api({ method: 'POST', path: `/records/${encodeURIComponent(object)}/${one}/comments`, body: { text } }),
        ),
    )
  }
}
