package org.kiban.route.wall;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.FileConsumer;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.FileOperations;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileConfiguration;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.GenericFileProcessStrategy;
import org.apache.camel.component.file.GenericFileProducer;
import org.apache.camel.spi.annotations.Component;

/**
 * Camel's file component, held to a municipality's folders at every touch of the disk: wherever
 * headers, expressions, {@code move}, {@code doneFileName} or symbolic links lead.
 */
@Component("file")
final class WalledFiles extends FileComponent {

  private final Folders folders;

  WalledFiles(Folders folders) {
    this.folders = folders;
  }

  @Override
  protected GenericFileEndpoint<File> buildFileEndpoint(
      String uri, String remaining, Map<String, Object> parameters) {
    File directory = folders.inside(remaining).toFile();
    FileEndpoint endpoint = new Place(uri, this);
    GenericFileConfiguration configuration = new GenericFileConfiguration();
    configuration.setDirectory(directory.getPath());
    endpoint.setConfiguration(configuration);
    endpoint.setFile(directory);
    return endpoint;
  }

  /** A folder. */
  private final class Place extends FileEndpoint {

    private final Touch touch = new Touch(this);

    Place(String uri, FileComponent component) {
      super(uri, component);
    }

    @Override
    public GenericFileProducer<File> createProducer() throws Exception {
      // For what it checks and sets; it has Camel's own way to the disk.
      super.createProducer();
      return new Writer(this, touch);
    }

    @Override
    protected FileConsumer newFileConsumer(
        Processor processor, GenericFileOperations<File> operations) {
      return new Reader(
          this,
          processor,
          touch,
          processStrategy == null ? createGenericFileStrategy() : processStrategy);
    }
  }

  /** Writes through {@link Touch}. */
  private static final class Writer extends GenericFileProducer<File> {
    Writer(GenericFileEndpoint<File> endpoint, GenericFileOperations<File> operations) {
      super(endpoint, operations);
    }
  }

  /** Passes over what a symbolic link leads out. */
  private final class Reader extends FileConsumer {

    Reader(
        FileEndpoint endpoint,
        Processor processor,
        GenericFileOperations<File> operations,
        GenericFileProcessStrategy<File> strategy) {
      super(endpoint, processor, operations, strategy);
    }

    @Override
    protected boolean pollDirectory(
        Exchange dynamic, String directory, List<GenericFile<File>> found, int depth) {
      return !folders.holds(new File(directory).toPath())
          || super.pollDirectory(dynamic, directory, found, depth);
    }

    @Override
    protected boolean isMatched(Supplier<GenericFile<File>> file, String name, File[] files) {
      return folders.holds(file.get().getFile().toPath()) && super.isMatched(file, name, files);
    }
  }

  /** Every way to the disk. */
  private final class Touch extends FileOperations {

    Touch(FileEndpoint endpoint) {
      super(endpoint);
    }

    @Override
    public boolean deleteFile(String name) {
      folders.require(name);
      return super.deleteFile(name);
    }

    @Override
    public boolean renameFile(String from, String to) {
      folders.require(from);
      folders.require(to);
      return super.renameFile(from, to);
    }

    @Override
    public boolean existsFile(String name) {
      folders.require(name);
      return super.existsFile(name);
    }

    @Override
    public boolean buildDirectory(String directory, boolean absolute) {
      folders.require(directory);
      return super.buildDirectory(directory, absolute);
    }

    @Override
    public boolean retrieveFile(String name, Exchange exchange, long size) {
      folders.require(name);
      return super.retrieveFile(name, exchange, size);
    }

    @Override
    public boolean storeFile(String name, Exchange exchange, long size) {
      folders.require(name);
      return super.storeFile(name, exchange, size);
    }
  }
}
