import type { ComponentType } from 'react'
import type { Label } from '#base/label.ts'

/** Something that a room above shows about a person of the company, to those with the permission. */
export interface PersonPart {
  readonly key: string
  readonly label: Label
  readonly permission: string
  readonly Content: ComponentType<{ readonly personId: string }>
}

const parts: PersonPart[] = []

/** Called once when the pages are put together. */
export function registerPersonPart(part: PersonPart): void {
  parts.push(part)
}

export function personParts(): readonly PersonPart[] {
  return parts
}
