// Imports files with Gephi's own importer, as its "Open" does. OUT gets one line of JSON a file and merge strategy.
//
//     java -cp gephi-toolkit-0.10.1-all.jar GephiImport.java OUT FILE...
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Element;
import org.gephi.graph.api.Graph;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Node;
import org.gephi.graph.api.Table;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.EdgeMergeStrategy;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.importer.api.Report;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

public class GephiImport {
  static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : text.toCharArray())
      if (c == '"' || c == '\\') out.append('\\').append(c);
      else if (c < ' ' || c > '~') out.append(String.format("\\u%04x", (int) c));
      else out.append(c);
    return out.append('"').toString();
  }

  static String json(Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) return String.valueOf(value);
    List<String> parts = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, part) -> parts.add(quoted(key.toString()) + ":" + json(part)));
      return "{" + String.join(",", parts) + "}";
    }
    if (!(value instanceof Iterable<?> list)) return quoted(value.toString());
    list.forEach(part -> parts.add(json(part)));
    return "[" + String.join(",", parts) + "]";
  }

  static Map<String, String> columns(Table table) {
    Map<String, String> out = new LinkedHashMap<>();
    for (Column column : table) out.put(column.getTitle(), column.getTypeClass().getSimpleName());
    return out;
  }

  static Map<String, Object> attributes(Element element, Table table) {
    Map<String, Object> out = new LinkedHashMap<>();
    for (Column column : table)
      if (element.getAttribute(column) != null) out.put(column.getTitle(), element.getAttribute(column));
    return out;
  }

  static Map<String, Object> arrived(GraphModel model) {
    Graph graph = model.getGraph();
    List<Object> nodes = new ArrayList<>(), edges = new ArrayList<>();
    for (Node node : graph.getNodes()) {
      Map<String, Object> data = attributes(node, model.getNodeTable());
      data.put("drawn color", String.format("#%06x", node.getRGBA() & 0xffffff));
      data.put("drawn size", node.size());
      nodes.add(data);
    }
    for (Edge edge : graph.getEdges()) {
      Map<String, Object> data = attributes(edge, model.getEdgeTable());
      data.put("source", edge.getSource().getId());
      data.put("target", edge.getTarget().getId());
      data.put("directed", edge.isDirected());
      edges.add(data);
    }
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("node columns", columns(model.getNodeTable()));
    out.put("edge columns", columns(model.getEdgeTable()));
    out.put("nodes", nodes);
    out.put("edges", edges);
    return out;
  }

  static void note(List<Object> issues, Report report) {
    if (report == null) return;
    for (Issue issue : report.getIssuesList(1000)) issues.add(Arrays.asList(issue.getLevel(), issue.getMessage()));
  }

  static Map<String, Object> imported(File file, EdgeMergeStrategy strategy) throws IOException {
    ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
    projects.newProject();
    Workspace workspace = projects.getCurrentWorkspace();
    ImportController importer = Lookup.getDefault().lookup(ImportController.class);
    Container container = importer.importFile(file);
    if (container == null) throw new IOException(file + ": Gephi has no importer for it");
    container.getLoader().setEdgesMergeStrategy(strategy);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("file", file.getPath());
    out.put("strategy", strategy);
    out.put("valid", container.verify());
    List<Object> issues = new ArrayList<>();
    note(issues, container.getReport()); // now: processing empties it
    DefaultProcessor processor = new DefaultProcessor();
    importer.process(container, processor, workspace);
    note(issues, processor.getReport());
    out.put("issues", issues);
    out.putAll(arrived(Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace)));
    projects.closeCurrentProject();
    return out;
  }

  public static void main(String[] arguments) {
    try (PrintWriter out = new PrintWriter(arguments[0], StandardCharsets.UTF_8)) {
      for (int i = 1; i < arguments.length; i++)
        for (EdgeMergeStrategy strategy : new EdgeMergeStrategy[] {EdgeMergeStrategy.SUM, EdgeMergeStrategy.NO_MERGE})
          out.println(json(imported(new File(arguments[i]), strategy)));
    } catch (IOException | RuntimeException fault) {
      fault.printStackTrace();
      System.exit(1);
    }
    System.exit(0); // Gephi leaves a thread that watches files
  }
}
