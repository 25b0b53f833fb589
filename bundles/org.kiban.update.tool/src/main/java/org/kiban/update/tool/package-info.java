/** What suppliers make update repositories with, and check them by the classes of a node. */
package org.kiban.update.tool;
