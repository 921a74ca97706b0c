import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { identityOf } from '#platform/db/embedded/process-identity.ts'
import { ask, ownerUrlOf } from './harness/ask-database.ts'
import { expect, test } from './harness/journey.ts'
import { beginTerrace, dropDataDir, newDataDir, runTerrace, startTerrace } from './harness/start-terrace.ts'

// No answer at all is not ready either; a server that is gone never becomes ready again.
const isReady = (url: string) =>
  fetch(`${url}/readyz`).then(
    (answer) => answer.status === 200,
    () => false,
  )

test.describe('running Terrace', () => {
  // Each has a folder of its own.
  test.describe.configure({ mode: 'parallel' })
  let dataDir = ''
  test.beforeEach(() => void (dataDir = newDataDir()))
  test.afterEach(() => dropDataDir(dataDir))

  test('starts, refuses a second start on the folder, and stops on Ctrl-C with everything tidied up', async () => {
    const first = await startTerrace(dataDir)
    expect(await isReady(first.url)).toBe(true)

    const second = runTerrace(['serve'], { DATA_DIR: dataDir, PORT: '0' })
    expect(second.code).toBe(6)
    expect(second.err.trim().split('\n')).toHaveLength(1)
    expect(second.err).toContain(dataDir)
    expect(await isReady(first.url)).toBe(true)

    expect(await first.stop()).toBe(0)
    expect(existsSync(join(dataDir, 'terrace.lock'))).toBe(false)
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false)
  })

  test('keeps what was acknowledged through kill -9 of the app, again and again', async () => {
    for (let round = 1; round <= 3; round += 1) {
      const terrace = await startTerrace(dataDir)
      const owner = ownerUrlOf(dataDir)
      await ask(owner, 'create table if not exists written (round int)')
      await ask(owner, `insert into written values (${round})`)
      await terrace.kill()
    }
    const terrace = await startTerrace(dataDir)
    expect(await ask(ownerUrlOf(dataDir), 'select count(*)::int as n from written')).toEqual([{ n: 3 }])
    expect(await terrace.stop()).toBe(0)
  })

  test('goes on with an import through kill -9 of the command and of the server, and doubles nothing', async () => {
    test.setTimeout(400_000)
    const rows = 50_000
    const file = join(dataDir, 'accounts.csv')
    const lines = Array.from({ length: rows }, (_, at) => `C${at},Company ${at},上海\n`)
    writeFileSync(file, `code,name,city\n${lines.join('')}`)
    const description = join(dataDir, 'map.json')
    const columns = { code: 'note', name: 'name', city: 'city' }
    writeFileSync(description, JSON.stringify({ object: 'account', mode: 'create', columns }))
    const company = ['--name', 'Big', '--slug', 'big', '--admin', 'a@b.example', '--password', 'correct horse battery']
    const setup = await startTerrace(dataDir)
    expect(setup.command('company', 'create', ...company)).toMatchObject({ code: 0 })
    await setup.stop()
    const read = async () => {
      const progress = 'select state, rows_read as "rowsRead" from import_run'
      // Between one process and the next there is no database to ask.
      const asked = async () => ask(ownerUrlOf(dataDir), progress)
      const [run] = await asked().catch(() => [])
      return { state: String(run?.['state']), rowsRead: Number(run?.['rowsRead'] ?? 0) }
    }
    const until = (at: number) =>
      expect.poll(async () => (await read()).rowsRead, { timeout: 120_000 }).toBeGreaterThan(at)

    const command = beginTerrace(['import', 'account', file, '--map', description], { DATA_DIR: dataDir })
    await until(5_000)
    command.kill('SIGKILL')
    await once(command, 'exit')
    const first = await startTerrace(dataDir)
    const { rowsRead } = await read()
    expect(rowsRead).toBeLessThan(rows)
    await until(rowsRead + 5_000)
    await first.kill()
    const second = await startTerrace(dataDir)
    await expect.poll(async () => (await read()).state, { timeout: 240_000 }).toBe('done')
    const count = 'select count(*)::int as rows, count(distinct note)::int as lines from account'
    expect(await ask(ownerUrlOf(dataDir), count)).toEqual([{ rows, lines: rows }])
    const created = 'select created_count as created, rejected_count as rejected from import_run'
    expect(await ask(ownerUrlOf(dataDir), created)).toEqual([{ created: rows, rejected: 0 }])
    expect(await second.stop()).toBe(0)
  })

  test('ends a database that outlived its app and its guard', async () => {
    const terrace = await startTerrace(dataDir)
    const [postmaster] = await ask(
      ownerUrlOf(dataDir),
      "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int as pid",
    )
    const guards = await children(terrace.process.pid ?? 0)
    for (const pid of guards) process.kill(pid, 'SIGKILL')
    await terrace.kill()
    expect(identityOf(Number(postmaster?.['pid']))).not.toBeNull()

    const next = await startTerrace(dataDir)
    expect(await isReady(next.url)).toBe(true)
    expect(identityOf(Number(postmaster?.['pid']))).toBeNull()
    expect(await next.stop()).toBe(0)
  })

  test('brings a killed database back while the app goes on', async () => {
    const terrace = await startTerrace(dataDir)
    const [postmaster] = await ask(
      ownerUrlOf(dataDir),
      "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int as pid",
    )
    process.kill(Number(postmaster?.['pid']), 'SIGKILL')
    await expect.poll(() => isReady(terrace.url), { timeout: 15_000 }).toBe(true)
    expect(await terrace.stop()).toBe(0)
  })

  test('says in one line that the port is taken, and leaves no trace', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const address = holder.address()
    const port = typeof address === 'object' ? String(address?.port) : ''
    const ended = runTerrace(['serve'], { DATA_DIR: dataDir, PORT: port })
    holder.close()
    expect(ended).toMatchObject({ code: 3, out: '' })
    expect(ended.err).toBe(`Port ${port} on 127.0.0.1 is already in use; choose another one with PORT.\n`)
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false)
  })

  test('says in one line that the folder cannot be written', () => {
    const blocked = join(dataDir, 'file')
    writeFileSync(blocked, '')
    const ended = runTerrace(['serve'], { DATA_DIR: join(blocked, 'data'), PORT: '0' })
    expect(ended.code).toBe(4)
    expect(ended.err).toMatch(
      /^The data folder .* cannot be written \(ENOTDIR\); choose another one with DATA_DIR\.\n$/,
    )
  })

  test('says so too when the folder is closed to an ordinary user', () => {
    test.skip(process.getuid?.() === 0, 'nothing is closed to root')
    const closed = join(dataDir, 'closed')
    mkdirSync(closed, { mode: 0o500 })
    const ended = runTerrace(['serve'], { DATA_DIR: closed, PORT: '0' })
    chmodSync(closed, 0o700)
    expect(ended.code).toBe(4)
    expect(ended.err).toContain('EACCES')
  })

  test('works in a folder that only its owner can walk to', async () => {
    const closed = join(dataDir, 'closed')
    mkdirSync(closed, { mode: 0o700 })
    const terrace = await startTerrace(join(closed, 'data'))
    expect(await isReady(terrace.url)).toBe(true)
    expect(await terrace.stop()).toBe(0)
  })

  test('refuses a database of a newer version and leaves it as it is', async () => {
    const terrace = await startTerrace(dataDir)
    await ask(ownerUrlOf(dataDir), "insert into migration (name, hash) values ('9999_future.sql', 'x')")
    await terrace.stop()
    const ended = runTerrace(['serve'], { DATA_DIR: dataDir, PORT: '0' })
    expect(ended.code).toBe(5)
    expect(ended.err).toMatch(/newer version \(it has 9999_future\.sql.*\n$/)
    expect(existsSync(join(dataDir, 'terrace.lock'))).toBe(false)
  })

  test('names the setting that is wrong', () => {
    const ended = runTerrace(['serve'], { DATA_DIR: dataDir, PORT: 'http' })
    expect(ended).toEqual({
      code: 2,
      out: '',
      err: 'The setting PORT is not valid: must be a number from 0 to 65535\n',
    })
  })

  test('says in one line that DATABASE_URL cannot be reached', () => {
    const ended = runTerrace(['serve'], { PORT: '0', DATABASE_URL: 'postgres://nobody:x@127.0.0.1:9/none' })
    expect(ended.code).toBe(7)
    expect(ended.err.trim().split('\n')).toHaveLength(1)
  })

  test('explains itself on the command line', () => {
    expect(runTerrace(['--help'], {})).toMatchObject({ code: 0, err: '' })
    expect(runTerrace(['serve', '--help'], {}).out).toContain('Usage: terrace serve')
    expect(runTerrace(['fly'], {})).toEqual({
      code: 2,
      out: '',
      err: 'There is no command "fly"; see terrace --help.\n',
    })
  })
})

/** The processes that a process has started. */
async function children(pid: number): Promise<number[]> {
  const ps = spawn('ps', ['-o', 'pid=', '--ppid', String(pid)])
  const parts: string[] = []
  ps.stdout.on('data', (part: Buffer) => parts.push(part.toString()))
  await once(ps, 'close')
  return parts.join('').trim().split(/\s+/).filter(Boolean).map(Number)
}
