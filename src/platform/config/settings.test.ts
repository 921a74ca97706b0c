import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { environmentWith, isLoopback, readSettings } from './settings.ts'
import { StartProblem, problemLine } from './start-problem.ts'

it('gives every setting a default', () => {
  expect(readSettings({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    dataDir: './data',
    databaseUrl: null,
    migrateUrl: null,
    publicUrl: null,
    secret: null,
    plainHttp: 'loopback',
    callsPrivate: false,
    logLevel: 'warn',
    fileMostMb: 50,
    filesMostGb: null,
    s3: null,
    backup: { folder: null, at: '18:30', keepDaily: 7, keepWeekly: 4 },
    readUrl: null,
    readLag: 10,
    metricsToken: null,
    slowQueryMs: 1000,
    smtp: null,
    requestsPerMinute: 3000,
  })
})

it('reads how much files may take', () => {
  const { fileMostMb, filesMostGb } = readSettings({ FILE_MOST_MB: '20', FILES_MOST_GB: '500' })
  expect([fileMostMb, filesMostGb]).toEqual([20, 500])
})

it('treats an empty variable as not set', () => {
  expect(readSettings({ PORT: '', DATABASE_URL: '' }).port).toBe(3000)
})

it.each([
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['HOST', 'two words'],
  ['DATABASE_URL', 'mysql://localhost/x'],
  ['PUBLIC_URL', 'crm.example'],
  ['TERRACE_SECRET', 'short'],
  ['LOG_LEVEL', 'loud'],
  ['FILE_MOST_MB', '0'],
  ['FILES_MOST_GB', 'many'],
  ['S3_ENDPOINT', 'minio:9000'],
  ['BACKUP_AT', '25:00'],
  ['BACKUP_KEEP_DAILY', 'all'],
  ['DATABASE_READ_URL', 'mysql://localhost/x'],
  ['METRICS_TOKEN', 'short'],
  ['SLOW_QUERY_MS', '-1'],
  ['S3_BUCKET', '../x'],
  ['SMTP_URL', 'http://mail.example'],
  ['MAIL_FROM', 'Terrace'],
])('names the variable when %s is %s', (name, value) => {
  try {
    readSettings({ [name]: value })
    expect.unreachable()
  } catch (error) {
    expect(error).toBeInstanceOf(StartProblem)
    const problem = error as StartProblem
    expect(problem.exitCode).toBe(2)
    expect(problemLine(problem, 'en')).toContain(name)
    expect(problemLine(problem, 'zh')).toContain(name)
    expect(problemLine(problem, 'en')).not.toContain('\n')
  }
})

it('takes a store of files whole or not at all', () => {
  const whole = { S3_ENDPOINT: 'http://minio:9000', S3_BUCKET: 'files', S3_KEY_ID: 'k', S3_SECRET: 's' }
  expect(readSettings(whole).s3).toMatchObject({ bucket: 'files', region: 'us-east-1', isPathStyle: true })
  expect(() => readSettings({ ...whole, S3_SECRET: '' })).toThrow(StartProblem)
})

it('takes a mail server only with an address that letters come from', () => {
  const from = 'Terrace <crm@acme.example>'
  const url = 'smtps://user:secret@mail.example'
  expect(readSettings({ SMTP_URL: url, MAIL_FROM: from }).smtp).toEqual({ url, from })
  expect(() => readSettings({ SMTP_URL: url })).toThrow(StartProblem)
})

it('reads .env, and what is set outside wins', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terrace-env-'))
  writeFileSync(join(folder, '.env'), 'PORT=4000\nHOST="localhost"\n')
  expect(environmentWith(folder, { PORT: '5000' })).toEqual({ PORT: '5000', HOST: 'localhost' })
  expect(environmentWith(join(folder, 'none'), { PORT: '1' })).toEqual({ PORT: '1' })
})

it('knows loopback addresses', () => {
  expect(['127.0.0.1', 'localhost', '::1', '127.1.2.3'].every(isLoopback)).toBe(true)
  expect(['0.0.0.0', '192.168.1.2', '::'].some(isLoopback)).toBe(false)
})
