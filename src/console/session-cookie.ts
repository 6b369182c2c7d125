/** The session's token in the browser: not readable by scripts, not sent along from other sites. */
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

const NAME = 'niangjiaren_session'

export function sessionToken(context: Context): string | undefined {
  return getCookie(context, NAME)
}

/** The same from bare headers, for pages outside the console. */
export function sessionTokenOf(headers: Headers): string | undefined {
  const cookies = headers.get('cookie') ?? ''
  return cookies.match(new RegExp(`(?:^|;\\s*)${NAME}=([\\w-]+)`))?.[1]
}

export function setSession(context: Context, token: string, secure: boolean): void {
  setCookie(context, NAME, token, { path: '/', httpOnly: true, sameSite: 'Lax', secure })
}

export function clearSession(context: Context): void {
  deleteCookie(context, NAME, { path: '/' })
}
