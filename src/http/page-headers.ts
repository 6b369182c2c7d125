/**
 * Headers of every response, pages, files and errors alike.
 *
 * Content-Security-Policy: nothing by default; own files only, scripts by a nonce made anew for each
 * response, no inline script or style, no framing, forms only to ourselves. What slipped through the
 * escaping of a page still cannot run.
 */
import type { MiddlewareHandler } from 'hono'
import { NONCE, secureHeaders } from 'hono/secure-headers'

/** `overTls`: the public address is https, so browsers are told to stay with it. */
export function pageHeaders(options: { readonly overTls: boolean }): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: [NONCE],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    strictTransportSecurity: options.overTls ? 'max-age=15552000' : false,
    xFrameOptions: 'DENY',
    referrerPolicy: 'same-origin',
    crossOriginOpenerPolicy: 'same-origin',
    crossOriginResourcePolicy: 'same-origin',
  })
}
