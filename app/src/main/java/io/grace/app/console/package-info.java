/// The console: the API's answers as pages for people. Reads what `web` answers and asks through
/// it.
@org.jspecify.annotations.NullMarked
package io.grace.app.console;
