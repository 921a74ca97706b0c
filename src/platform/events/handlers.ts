import type { Step } from '#platform/db/step.ts'

export interface ToldEvent {
  readonly id: string
  readonly name: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly personId: string | null
}

/** Reacts to an event in the transaction that marks it as handled: both happen or neither does. */
export type EventHandler = (step: Step, event: ToldEvent) => Promise<void>

const handlers = new Map<string, EventHandler[]>()

/** Called by rooms when the app is put together. */
export function onEvent(name: string, handler: EventHandler): void {
  handlers.set(name, [...(handlers.get(name) ?? []), handler])
}

export async function handle(step: Step, event: ToldEvent): Promise<void> {
  for (const handler of handlers.get(event.name) ?? []) await handler(step, event)
}
