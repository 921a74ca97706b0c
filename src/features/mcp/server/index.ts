import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { defineErrors } from '#base/errors.ts'
import { serve } from '#platform/http/serve.ts'
import { mcpRoute } from '../contract.ts'
import { apiWithin } from './api.ts'
import { buildMcpServer } from './build-server.ts'

const mcpErrors = defineErrors({
  MCP_MESSAGE_REFUSED: {
    status: 400,
    label: { zh: '这不是 Model Context Protocol 的消息', en: 'This is no message of the Model Context Protocol' },
  },
  MCP_POST_ONLY: {
    status: 405,
    label: { zh: '这里只接受 POST；没有会话可以打开或结束', en: 'Only POST here; there is no session to open or end' },
  },
})

const notRead = { zh: '无法识别的消息', en: 'A message that could not be read' }

/** Versions that a server of the protocol says of itself. */
const version = '1'

/** Serves the Model Context Protocol over HTTP: each message by itself, in the name of whoever sent it. */
export function registerMcp(app: FastifyInstance): void {
  serve(app, mcpRoute, (_ctx, { request, reply }) => answerMessage(app, request, reply))
  app.route({
    method: ['GET', 'DELETE'],
    url: mcpRoute.path,
    handler: async (_request, reply) => {
      reply.header('allow', 'POST')
      throw mcpErrors.MCP_POST_ONLY()
    },
  })
}

const passedOn = ['authorization', 'cookie', 'accept-language', 'user-agent', 'host'] as const

async function answerMessage(app: FastifyInstance, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const headers = Object.fromEntries(passedOn.flatMap((name) => [[name, request.headers[name]]]).filter(isSaid))
  const server = await buildMcpServer(apiWithin(app, { headers, address: request.ip }), version)
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
  try {
    await server.connect(transport)
    const asked = new Request(`http://localhost${mcpRoute.path}`, {
      method: 'POST',
      headers: {
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
        ...versionOf(request),
      },
    })
    const answer = await transport.handleRequest(asked, { parsedBody: request.body })
    const text = await answer.text()
    if (answer.status >= 400)
      throw mcpErrors.MCP_MESSAGE_REFUSED({}, [{ field: 'body', code: 'message', label: notRead }])
    if (text === '') await reply.code(answer.status).send()
    else await reply.code(answer.status).type('application/json; charset=utf-8').send(text)
  } finally {
    await server.close()
  }
}

const isSaid = (pair: readonly (string | undefined)[]): pair is [string, string] => pair[1] !== undefined

function versionOf({ headers }: FastifyRequest): Record<string, string> {
  const said = headers['mcp-protocol-version']
  return typeof said === 'string' ? { 'mcp-protocol-version': said } : {}
}

/** Speaks the protocol over the standard streams of this process, as the person of an API key, until they close. */
export async function speakMcp(app: FastifyInstance, apiKey: string): Promise<void> {
  const headers = { authorization: `Bearer ${apiKey}`, host: 'localhost' }
  const server = await buildMcpServer(apiWithin(app, { headers, address: '127.0.0.1' }), version)
  const closed = new Promise<void>((done) => {
    process.stdin.once('end', done)
    process.stdin.once('close', done)
  })
  await server.connect(new StdioServerTransport())
  await closed
  await server.close()
}
