package org.kiban.update.tuf;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A file that the signers of the repository vouch for.
 *
 * @param path its name in the repository
 * @param length in bytes
 * @param sha256 of its content, in lower case hexadecimal digits
 * @param custom what the signers say of it; an empty object if nothing
 */
public record Target(String path, long length, String sha256, JsonNode custom) {}
