import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import type { Api } from './api.ts'
import { registerReading } from './reading-tools.ts'
import { registerResults } from './result-tools.ts'
import { registerWriting } from './writing-tools.ts'

const Objects = z.object({
  objects: z.array(z.object({ key: z.string(), can: z.object({ create: z.boolean(), update: z.boolean() }) })),
})

const instructions = `Terrace is a company's sales: accounts, deals, orders and the targets of its organisation.
Begin with list_objects. Filters are text, e.g. \`stage:won amount>100000 closedOn:this_quarter owner:me\`; decimals are
strings. You see and change what the person of the key may, no more.`

/** The tools of one caller: who may not write is not offered to. */
export async function buildMcpServer(api: Api, version: string): Promise<McpServer> {
  const server = new McpServer({ name: 'terrace', version }, { instructions })
  registerReading(server, api)
  const [objects, metrics] = [
    await api({ method: 'GET', path: '/objects' }),
    await api({ method: 'GET', path: '/metrics' }),
  ]
  if (metrics.status === 200) registerResults(server, api)
  const known = Objects.safeParse(objects.body).data?.objects ?? []
  const mayCreate = (key: string) => known.some((object) => object.key === key && object.can.create)
  registerWriting(server, api, {
    tasks: mayCreate('task'),
    activities: mayCreate('activity'),
    comments: known.some(({ can }) => can.update),
  })
  return server
}
