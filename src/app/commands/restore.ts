import { resolve } from 'node:path'
import { inWords } from '#base/label.ts'
import { checkBackup, restoreBackup } from '#platform/backup/index.ts'
import type { Settings } from '#platform/config/settings.ts'
import { ownDatabase } from '#platform/db/embedded/reach-database.ts'
import { contentKeeping } from '#platform/files/index.ts'
import type { Command } from './command.ts'
import { consoleLanguage } from './console-language.ts'
import { mustExist } from './import.ts'
import { keepFiles } from './keep-files.ts'
import { migrationsFolder } from './on-database.ts'
import { drawProgress } from './progress-bar.ts'

export const restoreCommand: Command = {
  name: 'restore',
  words: 'Bring a backup into an empty database that nobody uses; one of an older version is brought up to this one.',
  takes: ['FILE'],
  options: { check: { type: 'boolean', words: 'Only read the file to its end and say whether it is whole.' } },
  examples: ['restore terrace-20261126T183000Z.tar.zst', 'restore --check terrace-20261126T183000Z.tar.zst'],
  run: async (typed) => {
    const path = resolve(typed.words[0] ?? '')
    mustExist(path)
    if (typed.has('check')) await check(path)
    else await restore(typed.settings, path)
  },
}

async function check(path: string): Promise<void> {
  const words = { zh: '检查备份', en: 'checking the backup' }
  const { head, manifest } = await checkBackup(path, (share) => drawProgress(share, inWords(words, consoleLanguage())))
  say(`${path} is whole: ${sumOf(manifest.rows)} rows, ${manifest.contents.count} contents of files`)
  say(`taken ${head.takenAt} by Terrace ${head.version}`)
}

async function restore(settings: Settings, path: string): Promise<void> {
  keepFiles(settings)
  const address = await ownDatabase(settings, { log: (line) => void process.stderr.write(`${line}\n`) })
  try {
    const { store, arrivals } = contentKeeping()
    const importsFolder = resolve(settings.dataDir, 'files')
    const goal = { ownerUrl: address.ownerUrl, migrationsFolder, store, arrivals, importsFolder }
    const { head, manifest } = await restoreBackup(goal, path, (share, label) => {
      drawProgress(share, inWords(label, consoleLanguage()))
    })
    say(`restored ${sumOf(manifest.rows)} rows and ${manifest.contents.count} contents of files`)
    say(`as they were ${head.takenAt}; see terrace verify`)
    for (const { companyId, name } of manifest.lost) say(`was not in the store of files: ${companyId}/${name}`)
  } finally {
    await address.stop()
  }
}

const sumOf = (rows: Readonly<Record<string, number>>) => Object.values(rows).reduce((sum, count) => sum + count, 0)

const say = (line: string) => void process.stdout.write(`${line}\n`)
