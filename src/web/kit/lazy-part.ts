import { lazy, type ComponentType, type LazyExoticComponent } from 'react'

/** A screen that is loaded when it is first shown: `lazyPart(() => import('./Cockpit.tsx'), 'Cockpit')`. */
export function lazyPart<const Name extends string, Props>(
  load: () => Promise<Readonly<Record<Name, ComponentType<Props>>>>,
  name: Name,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: (await load())[name] }))
}
