import { resolve } from 'node:path'
import { inWords } from '#base/label.ts'
import { StartProblem } from '#platform/config/start-problem.ts'
import { fileNameOf, runBackup } from '#platform/backup/index.ts'
import { sharedDatabase } from '#platform/db/embedded/reach-database.ts'
import { backupHouse } from '../backup-house.ts'
import type { Command } from './command.ts'
import { consoleLanguage } from './console-language.ts'
import { keepFiles } from './keep-files.ts'
import { drawProgress } from './progress-bar.ts'

export const backupCommand: Command = {
  name: 'backup',
  words: 'Write everything into one file, attachments included, while the system runs.',
  mayTake: ['FILE'],
  examples: ['backup', 'backup /backups/before-upgrade.tar.zst'],
  run: async ({ settings, words }) => {
    keepFiles(settings)
    const path = resolve(words[0] ?? fileNameOf(new Date()))
    const address = await sharedDatabase(settings, { log: (line) => void process.stderr.write(`${line}\n`) })
    try {
      const house = backupHouse(settings, address.ownerUrl)
      const taken = await runBackup(house, { path, reason: 'command' }, (share, label) => {
        drawProgress(share, inWords(label, consoleLanguage()))
      })
      say(`${path} ${(taken.bytes / 1e6).toFixed(1)} MB: ${taken.rows} rows, ${taken.contents.count} contents of files`)
      if (taken.purged.length > 0) say(`${taken.purged.length} files were removed for good meanwhile and are left out`)
      for (const { companyId, name } of taken.lost) say(`not in the store of files: ${companyId}/${name}`)
      return 0
    } catch (error) {
      throw fullDisk(error, path)
    } finally {
      await address.stop()
    }
  },
}

/** A disk that is full or closed is not ours to explain with a stack. */
function fullDisk(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^E(NOSPC|ACCES|ROFS|NOENT|DQUOT)$/.test(code)
    ? new StartProblem('BACKUP_UNWRITABLE', { file: path, why: code })
    : error
}

const say = (line: string) => void process.stdout.write(`${line}\n`)
