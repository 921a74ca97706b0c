import type { Step } from '#platform/db/step.ts'

export interface ToldEvent {
  readonly id: string
  readonly name: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly personId: string | null
  /** What it was a part of. */
  readonly operationId: string
  readonly at: Date
}

/** Reacts to an event in the transaction that marks it as handled: both happen or neither does. */
export type EventHandler = (step: Step, event: ToldEvent) => Promise<void>

/** The same for several at once, in their order, whatever their names: those that come together cost little each. */
export type EventsHandler = (step: Step, events: readonly ToldEvent[]) => Promise<void>

const handlers = new Map<string, EventHandler[]>()
const handlersOfAll: EventsHandler[] = []

/** Called by rooms when the app is put together. */
export function onEvent(name: string, handler: EventHandler): void {
  handlers.set(name, [...(handlers.get(name) ?? []), handler])
}

/** For whoever listens to events of all names. Called when the app is put together. */
export function onEvents(handler: EventsHandler): void {
  handlersOfAll.push(handler)
}

export async function handleAll(step: Step, events: readonly ToldEvent[]): Promise<void> {
  if (events.length > 0) for (const handler of handlersOfAll) await handler(step, events)
}

export async function handle(step: Step, event: ToldEvent): Promise<void> {
  for (const handler of handlers.get(event.name) ?? []) await handler(step, event)
}
