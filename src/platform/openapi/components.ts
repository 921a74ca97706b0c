const problemSchema = {
  type: 'object',
  description: 'RFC 9457 problem details.',
  required: ['type', 'title', 'status', 'code', 'errors', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'Where the problem is explained; stable.' },
    title: { type: 'string', description: 'In the language of the caller.' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Never changes: what programs decide by.' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      description: 'The fields at fault.',
      items: {
        type: 'object',
        required: ['field', 'code', 'message'],
        properties: {
          field: { type: 'string', description: 'A path such as `values.amount` or `rows.3.name`.' },
          code: { type: 'string' },
          message: { type: 'string' },
        },
      },
    },
    requestId: { type: 'string', description: 'Under which the log tells more; also the header X-Request-Id.' },
    details: { description: 'What the caller needs to go on, e.g. the newer version of a record.' },
  },
}

const example = (status: number, code: string, title: string, errors: readonly object[] = []) => ({
  type: `/api/problems#${code}`,
  title,
  status,
  code,
  detail: title,
  errors,
  requestId: '0d1f7d0e-7a55-4c26-9b5e-3a1c7c0f6a11',
})

const refusal = (description: string, shown?: ReturnType<typeof example>, headers: object = {}) => ({
  description,
  headers,
  content: {
    'application/problem+json': {
      schema: { $ref: '#/components/schemas/Problem' },
      ...(shown ? { example: shown } : {}),
    },
  },
})

const retryAfter = { 'Retry-After': { $ref: '#/components/headers/Retry-After' } }
const fault = { field: 'values.amount', code: 'number', message: 'Not a number' }

/** What all operations share. */
export const components = {
  securitySchemes: {
    apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of a person, `terrace_…`.' },
    session: { type: 'apiKey', in: 'cookie', name: 'terrace', description: 'The cookie of a signed-in page.' },
  },
  parameters: {
    AcceptLanguage: {
      name: 'Accept-Language',
      in: 'header',
      required: false,
      description: 'Language of texts for people, unless the person chose one.',
      schema: { type: 'string', enum: ['zh', 'en'] },
      example: 'en',
    },
    IdempotencyKey: {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description:
        'Any text of 1–200 visible ASCII characters, new for every change that is meant. The same request with the same key within 24 hours is answered as the first was, with `Idempotency-Replayed: true`.',
      schema: { type: 'string', minLength: 1, maxLength: 200 },
      example: 'order-4711-created',
    },
    IfMatch: {
      name: 'If-Match',
      in: 'header',
      required: false,
      description: 'The ETag of the record as it was seen; 412 when it changed since.',
      schema: { type: 'string' },
      example: '"3.kX0b1n4cQz8m2a7L"',
    },
    IfNoneMatch: {
      name: 'If-None-Match',
      in: 'header',
      required: false,
      description: 'The ETag of what the caller holds; 304 when that is still what would be sent.',
      schema: { type: 'string' },
      example: '"3.kX0b1n4cQz8m2a7L"',
    },
  },
  headers: {
    ETag: { description: 'Names this very state.', schema: { type: 'string' } },
    'RateLimit-Limit': { description: 'Requests in a minute.', schema: { type: 'integer' } },
    'RateLimit-Remaining': { description: 'Of these, how many are left.', schema: { type: 'integer' } },
    'RateLimit-Reset': { description: 'Seconds until all are there again.', schema: { type: 'integer' } },
    'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } },
  },
  responses: {
    304: { description: 'What the caller holds is what would be sent.' },
    400: refusal(
      'The request does not have the shape of the contract.',
      example(400, 'INPUT_INVALID', 'Some of what you sent is not valid; see the fields named', [
        { field: 'values', code: 'invalid_type', message: 'Missing or of the wrong type' },
      ]),
    ),
    401: refusal(
      'No key or session; or it expired, was revoked, or its person was deactivated.',
      example(401, 'SIGN_IN_NEEDED', 'Please sign in first'),
    ),
    403: refusal(
      'The role or the key may not do this.',
      example(403, 'KEY_SCOPE_MISSING', 'This API key lacks the scope “account:write”'),
    ),
    404: refusal('Not there, or out of reach.', example(404, 'RECORD_NOT_FOUND', 'This record was not found')),
    409: refusal(
      'Somebody else was quicker, or it may be there already.',
      example(409, 'RECORD_CHANGED', 'Someone changed this record meanwhile; compare before you save'),
      retryAfter,
    ),
    412: refusal(
      'The record is no longer the one that `If-Match` names; `details.current` holds the newer one.',
      example(412, 'PRECONDITION_FAILED', 'The record is no longer the version that you saw'),
    ),
    413: refusal('Too large.', example(413, 'TOO_LARGE', 'What you sent is too large')),
    415: refusal(
      'Another kind of content than JSON, or than a form with a file where one is taken.',
      example(415, 'MEDIA_TYPE_REFUSED', 'This kind of content is not taken here; send JSON'),
    ),
    422: refusal(
      'The values are not allowed, or the idempotency key was used for another request.',
      example(422, 'RECORD_INVALID', 'Some fields need attention', [fault]),
    ),
    429: refusal(
      'Too many requests in this minute.',
      example(429, 'TOO_MANY_REQUESTS', 'Too many requests; please wait a moment'),
      retryAfter,
    ),
    '4XX': refusal('Refused: a stable code, a message in the language of the caller, the fields at fault.'),
  },
  schemas: { Problem: problemSchema },
}
