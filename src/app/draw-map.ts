import type { Access, Route } from '#engine/contract/route.ts'
import { recordActions } from '#engine/model/object-type.ts'
import { reachOf, standardRole } from '#engine/policy/company-role.ts'
import { roles, type Role } from '#engine/policy/role.ts'
import { standardMetrics } from '#platform/ledger/index.ts'
import { standardCatalogue } from '#platform/records/registry.ts'
import { rooms } from './rooms.ts'

/** Rooms, routes, permissions, objects, events and metrics on one page of Markdown. */
export function drawMap(routes: readonly Route[]): string {
  return [
    '# Map',
    'Printed from the contracts by `npm run map`; `npm run check` compares. Do not edit by hand.',
    '## Rooms, lowest floor first',
    list(
      rooms.map(
        (room) => `${room.name}${room.events.length === 0 ? '' : ` — tells ${room.events.map(code).join(', ')}`}`,
      ),
    ),
    `Every record tells ${['created', 'updated', 'deleted', 'restored'].map((act) => code(`<object>.${act}`)).join(', ')}.`,
    '## Routes',
    table(
      ['method', 'path', 'who', 'what'],
      sorted(routes).map((route) => [route.method, code(route.path), accessWords(route.access), route.summary.en]),
    ),
    '## Who may do what',
    'The standard roles, as the product brings them; a company may change them and make its own.',
    ...rooms
      .filter((room) => room.permissions.length > 0)
      .flatMap((room) => [
        `### ${room.name}`,
        table(
          ['permission', 'what', ...roles],
          room.permissions.map((each) => [
            code(each.key),
            each.label.en,
            ...roles.map((role) => tick(each.roles, role)),
          ]),
        ),
      ]),
    '### Records, by object',
    `With which records is a question of reach: ${roles.map((role) => `${role} ${code(reachOf(standardRole(role)))}`).join(', ')}.`,
    table(
      ['object', 'action', ...roles],
      standardCatalogue()
        .all()
        .flatMap((object) =>
          recordActions.map((action) => [
            code(object.key),
            action,
            ...roles.map((role) => tick(object.rights[action], role)),
          ]),
        ),
    ),
    '## Objects',
    table(
      ['object', 'fields'],
      standardCatalogue()
        .all()
        .map((object) => [code(object.key), object.fields.map((field) => field.key).join(', ')]),
    ),
    '## Metrics',
    table(
      ['metric', 'kind', 'unit', 'formula', 'reads'],
      standardMetrics()
        .all()
        .map((metric) => [
          code(metric.key),
          metric.kind,
          metric.unit,
          metric.formula.en,
          [...new Set(metric.sources.map((source) => source.of))].join(', '),
        ]),
    ),
  ].join('\n\n')
}

const tick = (allowed: readonly Role[], role: Role) => (allowed.includes(role) ? '✓' : '')
const code = (text: string) => `\`${text}\``
const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n')
const cell = (text: string) => text.replaceAll('|', '\\|')
const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function sorted(routes: readonly Route[]): readonly Route[] {
  return [...routes].sort(
    (one, other) => one.path.localeCompare(other.path, 'en') || one.method.localeCompare(other.method, 'en'),
  )
}

function accessWords(access: Access): string {
  return typeof access === 'string' ? access : code(access.permission)
}
