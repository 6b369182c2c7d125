/** What `html` of hono gives: escaped, ready to be nested or sent. */
import type { html } from 'hono/html'

export type Html = ReturnType<typeof html>
