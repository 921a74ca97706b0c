import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

/** The classes for which a style sheet lays down what they look like: `.name {` and nothing else. */
function classesOf(path: string): readonly string[] {
  const text = readFileSync(join(root, path), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '')
  return [...text.matchAll(/(?:^|[},])\s*\.([\w-]+)(?=\s*[{,])/g)].map(([, name = '']) => name)
}

/** The room, or the part of the kit, to which a style sheet belongs. */
const ownerOf = (path: string) => /^(features\/[^/]+|web\/[^/]+)/.exec(path)?.[1] ?? path

it('a class belongs to one room: no style sheet changes how the screens of another look', () => {
  const owners = new Map<string, Set<string>>()
  const sheets = globSync('**/*.css', { cwd: root })
  expect(sheets.length).toBeGreaterThan(10)
  for (const sheet of sheets) {
    for (const name of classesOf(sheet)) owners.set(name, (owners.get(name) ?? new Set()).add(ownerOf(sheet)))
  }
  const shared = [...owners].filter(([name, rooms]) => rooms.size > 1 && !name.startsWith('ant-'))
  expect(shared.map(([name, rooms]) => `${name}: ${[...rooms].join(', ')}`)).toEqual([])
})
