import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { arrangeHouse } from '#app/arrange.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { allJobs } from '#platform/jobs/jobs.ts'
import { startWork } from '#platform/jobs/work.ts'
import { logSink } from '#testing/log-sink.ts'
import { linkIn, startMailServer, type MailServer } from '#testing/mail-server.ts'
import { smallCompany } from '#testing/small-company.ts'
import { testDatabase } from '#testing/test-database.ts'
import { connectMail, mailStanding, registerMail, sendMail } from './index.ts'

const database = await testDatabase()
const from = 'Terrace <crm@acme.example>'
const servers: MailServer[] = []
const { log, text: logged } = logSink()
let ctx: Ctx

const secretLink = 'https://terrace.example/invitation#a-secret'
const letter = {
  to: 'anna@example.com',
  language: 'zh',
  template: 'test.letter',
  params: { name: '安娜', link: secretLink },
} as const

beforeAll(async () => {
  arrangeHouse()
  registerMail({
    key: 'test.letter',
    subject: { zh: '给 {name} 的信', en: 'A letter for {name}' },
    paragraphs: [{ zh: '您好，{name}', en: 'Dear {name}' }],
    action: { zh: '打开', en: 'Open' },
  })
  ctx = { ...(await smallCompany(database)).ctx, log }
})

afterEach(async () => {
  connectMail(null)
  await sql`delete from mail`.execute(database.owner)
  await sql`delete from graphile_worker._private_jobs`.execute(database.owner)
})

afterAll(async () => {
  for (const server of servers) await server.stop()
})

async function serverThat(options: Parameters<typeof startMailServer>[0] = {}): Promise<MailServer> {
  const server = await startMailServer(options)
  servers.push(server)
  connectMail({ url: server.url, from })
  return server
}

const send = (more: object = {}) => inStep(ctx, (step) => sendMail(step, { ...letter, ...more }))

interface Row {
  readonly id: string
  readonly state: string
  readonly tries: number
  readonly problem: string | null
  readonly sealed: string | null
}

async function mails(): Promise<readonly Row[]> {
  return (await sql<Row>`select id, state, tries, problem, sealed from mail order by id`.execute(database.owner)).rows
}

/** One try of the first letter, as the queue makes it. */
async function tryOnce(): Promise<void> {
  const [mail] = await mails()
  await allJobs().get('mail.send')?.(ctx, { mailId: mail?.id })
}

describe('a letter', () => {
  it('arrives in the language of its reader, and what it said is forgotten', async () => {
    const server = await serverThat()
    expect(await send()).toBe(true)
    await tryOnce()
    const [mail] = server.received
    expect(mail).toMatchObject({ from: 'crm@acme.example', to: [letter.to], subject: '给 安娜 的信' })
    expect(mail && linkIn(mail)).toBe(secretLink)
    expect(mail?.html).toContain(secretLink)
    expect(await mails()).toMatchObject([{ state: 'sent', tries: 1, problem: null, sealed: null }])
    expect(await inView(ctx, mailStanding)).toMatchObject({
      waiting: 0,
      lastSentAt: expect.any(Date),
      lastProblem: null,
    })
  })

  it('is sent by the queue, once the act is committed', async () => {
    const server = await serverThat()
    const refused = inStep(ctx, async (step) => {
      await sendMail(step, { ...letter, to: 'never@example.com' })
      throw new Error('changed my mind')
    })
    await expect(refused).rejects.toThrow('changed my mind')
    await send()
    const work = await startWork({ db: database.db, log, ownerUrl: database.ownerUrl })
    await expect.poll(() => server.received.length, { timeout: 20_000 }).toBe(1)
    await work.stop()
    expect(server.received.map((mail) => mail.to)).toEqual([[letter.to]])
  })

  it('keeps its secrets out of the database, the queue and the log', async () => {
    await serverThat({ onRcptTo: (_address, _session, done) => done(new Error(`no, not ${secretLink}`)) })
    await send()
    const { rows } = await sql<{ all: string }>`
      select (select json_agg(m)::text from mail m) || (select json_agg(j)::text from graphile_worker._private_jobs j) as all
    `.execute(database.owner)
    expect(rows[0]?.all).not.toContain('a-secret')
    await tryOnce()
    expect(logged()).toContain('a mail was not sent')
    expect(logged()).not.toContain('a-secret')
  })

  it('is not asked for while no server is connected', async () => {
    expect(await send()).toBe(false)
    expect(await mails()).toEqual([])
  })

  it('is not sent when it came to be of no use', async () => {
    const server = await serverThat()
    await send({ usefulUntil: new Date(Date.now() - 1000) })
    await tryOnce()
    expect(server.received).toEqual([])
    expect(await mails()).toMatchObject([{ state: 'failed', problem: 'TOO_LATE', sealed: null }])
  })
})

describe('a server', () => {
  it('that is down is asked again later, and the letter arrives as the same message', async () => {
    const gone = await startMailServer()
    await gone.stop()
    connectMail({ url: gone.url, from })
    await send()
    await expect(tryOnce()).rejects.toThrow(/was not sent: E/)
    expect(await mails()).toMatchObject([{ state: 'waiting', tries: 1, problem: expect.stringMatching(/^E/) }])
    const server = await serverThat()
    await tryOnce()
    const [mail] = await mails()
    expect(mail).toMatchObject({ state: 'sent', tries: 2 })
    expect(server.received[0]?.messageId).toBe(`<${mail?.id}@terrace>`)
  })

  it('that knows no such address is not asked again', async () => {
    const unknown = Object.assign(new Error('no such user'), { responseCode: 550 })
    await serverThat({ onRcptTo: (_address, _session, done) => done(unknown) })
    await send()
    await tryOnce()
    expect(await mails()).toMatchObject([{ state: 'failed', problem: '550', sealed: null }])
    expect(await inView(ctx, mailStanding)).toMatchObject({ lastProblem: '550', lastProblemAt: expect.any(Date) })
  })

  it('that is busy is asked again', async () => {
    const busy = Object.assign(new Error('try later'), { responseCode: 451 })
    await serverThat({ onMailFrom: (_address, _session, done) => done(busy) })
    await send()
    await expect(tryOnce()).rejects.toThrow('451')
    expect(await mails()).toMatchObject([{ state: 'waiting', problem: '451' }])
  })

  it('that hangs is given up soon, and asked again', async () => {
    await serverThat({ onConnect: () => undefined })
    await send()
    const began = Date.now()
    await expect(tryOnce()).rejects.toThrow(/ETIMEDOUT|ECONNECTION|ESOCKET/)
    expect(Date.now() - began).toBeLessThan(5000)
    expect(await mails()).toMatchObject([{ state: 'waiting', tries: 1 }])
  })

  it('that refuses the password is asked again, since an administrator can put that right', async () => {
    const server = await startMailServer({
      authOptional: false,
      onAuth: (_auth, _session, done) => done(Object.assign(new Error('no'), { responseCode: 535 })),
    })
    servers.push(server)
    connectMail({ url: server.url.replace('smtp://', 'smtp://me:wrong@'), from })
    await send()
    await expect(tryOnce()).rejects.toThrow('535')
    expect(await mails()).toMatchObject([{ state: 'waiting', problem: '535' }])
  })

  it('is asked 25 times at most', async () => {
    const gone = await startMailServer()
    await gone.stop()
    connectMail({ url: gone.url, from })
    await send()
    await sql`update mail set tries = 24`.execute(database.owner)
    await tryOnce()
    expect(await mails()).toMatchObject([{ state: 'failed', tries: 25 }])
  })
})
