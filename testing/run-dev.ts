// The server and the web pages for developers, both starting anew when a file changes.
import { spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const quiet = '--disable-warning=ExperimentalWarning'

const server = `http://127.0.0.1:${process.env['PORT'] ?? 3000}`

const children = [
  // A change ends the server by a signal; it stops its database before the next one starts.
  spawn(process.execPath, [quiet, '--watch', '--watch-preserve-output', 'src/app/cli.ts', 'serve'], {
    cwd: root,
    stdio: 'inherit',
  }),
  spawn(process.execPath, [join(root, 'node_modules', 'vite', 'bin', 'vite.js')], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TERRACE_SERVER: server },
  }),
]

const stop = () => children.forEach((child) => child.kill('SIGTERM'))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
for (const child of children) child.on('exit', stop)
