/** An expected ending of a rule: the caller must look at `ok` before the values exist. */
export type Outcome<Value extends object, Reason extends string> =
  ({ readonly ok: true } & Readonly<Value>) | { readonly ok: false; readonly reason: Reason; readonly at?: string }

export function done<Value extends object>(value: Value): { readonly ok: true } & Readonly<Value> {
  return { ok: true, ...value }
}

export function refused<Reason extends string>(reason: Reason, at?: string) {
  return at === undefined ? ({ ok: false, reason } as const) : ({ ok: false, reason, at } as const)
}
