import { describe, expect, it } from 'vitest'
import { expiredBackups, fileNameOf, takenAtOf } from './file-names.ts'

const at = (day: string, time = '18:30') => fileNameOf(new Date(`${day}T${time}:00Z`))

describe('a backup', () => {
  it('is named after the moment it begins', () => {
    const name = fileNameOf(new Date('2026-11-26T18:30:05.999Z'))
    expect(name).toBe('terrace-20261126T183005Z.tar.zst')
    expect(takenAtOf(name)).toEqual(new Date('2026-11-26T18:30:05Z'))
  })

  it('is told from other files of the folder', () => {
    expect(['notes.txt', 'terrace-old.tar.zst', `${at('2026-11-26')}.part`].map(takenAtOf)).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('the backups of a folder', () => {
  it('stay for some days and then one of each week', () => {
    const november = Array.from({ length: 30 }, (_, day) => at(`2026-11-${String(day + 1).padStart(2, '0')}`))
    const expired = expiredBackups([...november, 'notes.txt'], { daily: 3, weekly: 4 })
    const kept = november.filter((name) => !expired.includes(name))
    // The last three days, and the Sundays that end a week.
    expect(kept).toEqual([at('2026-11-15'), at('2026-11-22'), at('2026-11-28'), at('2026-11-29'), at('2026-11-30')])
    expect(expired).not.toContain('notes.txt')
  })

  it('of one day are the newest of it', () => {
    const expired = expiredBackups([at('2026-11-26', '08:00'), at('2026-11-26', '20:00')], { daily: 7, weekly: 4 })
    expect(expired).toEqual([at('2026-11-26', '08:00')])
  })

  it('do not grow old while none is taken', () => {
    const names = [at('2026-01-01'), at('2026-01-02'), at('2026-06-01')]
    expect(expiredBackups(names, { daily: 3, weekly: 0 })).toEqual([])
  })

  it('never go all', () => {
    expect(expiredBackups([at('2026-11-26')], { daily: 0, weekly: 0 })).toEqual([])
  })
})
