import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

/**
 * The classes by which a style sheet chooses what it changes, within other rules too. Of a selector the first: what is
 * named after it changes only inside of that. A place that is known by what is in it counts as that.
 */
function classesOf(text: string): readonly string[] {
  const plain = text.replaceAll(/\/\*[\s\S]*?\*\//g, '')
  const selectors = [...plain.matchAll(/(?:^|[{};])\s*([^{};@]+)\{/g)].flatMap(([, list = '']) => list.split(','))
  return selectors.flatMap((selector) => (/:has\(\.([\w-]+)/.exec(selector) ?? /\.([\w-]+)/.exec(selector))?.[1] ?? [])
}

it('sees the classes of rules within others, and those by which longer selectors begin', () => {
  const text =
    '.a { color: red } @media print { .b { top: 0 } .c > .d:hover, td.e.f { top: 0 } } .g:hover, .h:has(.i) .j { top: 0 }'
  expect(classesOf(text)).toEqual(['a', 'b', 'c', 'e', 'g', 'i'])
})

/** The room, or the part of the kit, to which a style sheet belongs. */
const ownerOf = (path: string) => /^(features\/[^/]+|web\/[^/]+)/.exec(path)?.[1] ?? path

it('a class belongs to one room: no style sheet changes how the screens of another look', () => {
  const owners = new Map<string, Set<string>>()
  const sheets = globSync('**/*.css', { cwd: root })
  expect(sheets.length).toBeGreaterThan(10)
  for (const sheet of sheets) {
    for (const name of classesOf(readFileSync(join(root, sheet), 'utf8')))
      owners.set(name, (owners.get(name) ?? new Set()).add(ownerOf(sheet)))
  }
  const shared = [...owners].filter(([name, rooms]) => rooms.size > 1 && !name.startsWith('ant-'))
  expect(shared.map(([name, rooms]) => `${name}: ${[...rooms].join(', ')}`)).toEqual([])
})
