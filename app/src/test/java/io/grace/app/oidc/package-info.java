/// Tests of sign-in by OIDC that need no server.
@org.jspecify.annotations.NullMarked
package io.grace.app.oidc;
